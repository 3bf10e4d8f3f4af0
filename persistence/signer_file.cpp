#include "persistence/signer_file.hpp"

#include "domain/audit/hex.hpp"
#include "domain/audit/text.hpp"
#include "persistence/durable_file.hpp"

#include <string_view>
#include <utility>

namespace ringside::persistence {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view label = "ringside/signer/v1";
/// Label, size and root, and an origin of at most 255 bytes.
constexpr std::size_t bytes_max = 512;

/// The earlier form: label, size, hexadecimal root.
std::optional<audit::signer_state> parse_earlier(std::string_view text,
                                                 const std::string& origin) {
  if (audit::take_line(text) != label)
    return std::nullopt;
  auto size_line = audit::take_line(text);
  auto root_line = audit::take_line(text);
  auto size = size_line ? audit::parse_decimal(*size_line) : std::nullopt;
  auto root = root_line ? audit::parse_hash_hex(*root_line) : std::nullopt;
  if (!size || !root || !text.empty())
    return std::nullopt;
  return audit::signer_state{{origin, *size, *root}};
}

} // namespace

result<std::optional<audit::signer_state>>
read_signer_state(const fs::path& path, const std::string& origin) {
  auto text = read_small_file(path, bytes_max);
  if (!text && text.reason().code == ec::not_found)
    return std::optional<audit::signer_state>{};
  if (!text && text.reason().code != ec::too_large)
    return text.reason();
  auto state = text ? parse_earlier(*text, origin) : std::nullopt;
  if (text && !state)
    if (auto parsed = audit::parse_signer_state(*text))
      state = std::move(*parsed);
  if (!state)
    return refuse(ec::corrupt, path.string() + " is not a signer state file");
  if (state->last.origin != origin)
    return refuse(ec::corrupt,
                  path.string() + " belongs to the log " + state->last.origin);
  return state;
}

result<unit> advance_signer_state(const fs::path& path,
                                  const audit::signer_state& next) {
  auto last = read_signer_state(path, next.last.origin);
  if (!last)
    return last.reason();
  if (*last)
    if (auto ok = audit::may_sign(**last, next.last); !ok)
      return refuse(ok.reason().code,
                    ok.reason().detail + " (" + path.string() + ")", {},
                    "the journal was rolled back or altered; do not write, "
                    "verify it");
  // An equal state is written again: an earlier write may have failed after
  // it became visible, and then it is not durable yet.
  return write_durably(path, audit::to_text(next), 0600, on_existing::replace);
}

} // namespace ringside::persistence
