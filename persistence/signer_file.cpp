#include "persistence/signer_file.hpp"

#include "persistence/durable_file.hpp"

#include <charconv>
#include <string>
#include <string_view>

namespace ringside::persistence {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view label = "ringside/signer/v1\n";
constexpr std::size_t bytes_max = 128;

std::string format(const signer_state& state) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text{label};
  text += std::to_string(state.size) + '\n';
  for (auto byte : state.root) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text + '\n';
}

bool parse_root(std::string_view hex, audit::hash& root) {
  if (hex.size() != 2 * root.size())
    return false;
  for (std::size_t i = 0; i < root.size(); ++i) {
    auto from = hex.data() + 2 * i;
    if (std::from_chars(from, from + 2, root[i], 16).ptr != from + 2)
      return false;
  }
  return true;
}

std::optional<signer_state> parse(std::string_view text) {
  signer_state state;
  if (!text.starts_with(label) || !text.ends_with('\n'))
    return std::nullopt;
  auto body = text.substr(label.size());
  auto line_end = body.find('\n');
  auto end = body.data() + line_end;
  auto [stop, failed] = std::from_chars(body.data(), end, state.size);
  if (failed != std::errc{} || stop != end)
    return std::nullopt;
  body.remove_prefix(line_end + 1);
  if (body.empty() || !parse_root(body.substr(0, body.size() - 1), state.root))
    return std::nullopt;
  // One state has one text: upper case or leading zeros are not ours.
  return format(state) == text ? std::optional{state} : std::nullopt;
}

result<unit> check_progress(const fs::path& path, const signer_state& last,
                            const signer_state& next) {
  auto fork = next.size == last.size && next.root != last.root;
  if (next.size >= last.size && !fork)
    return unit{};
  return refuse(
    ec::corrupt,
    "the signer signed size " + std::to_string(last.size) + " already ("
      + path.string() + "); "
      + (fork
           ? "the journal shows another root at that size"
           : "the journal has only " + std::to_string(next.size) + " entries"),
    {}, "the journal was rolled back or altered; do not write, verify it");
}

} // namespace

result<std::optional<signer_state>> read_signer_state(const fs::path& path) {
  auto text = read_small_file(path, bytes_max);
  if (!text && text.reason().code == ec::not_found)
    return std::optional<signer_state>{};
  if (!text && text.reason().code != ec::too_large)
    return text.reason();
  auto state = text ? parse(*text) : std::nullopt;
  if (!state)
    return refuse(ec::corrupt, path.string() + " is not a signer state file");
  return state;
}

result<unit> advance_signer_state(const fs::path& path,
                                  const signer_state& next) {
  auto last = read_signer_state(path);
  if (!last)
    return last.reason();
  if (*last)
    if (auto ok = check_progress(path, **last, next); !ok)
      return ok;
  // An equal state is written again: an earlier write may have failed after
  // it became visible, and then it is not durable yet.
  return write_durably(path, format(next), 0600, on_existing::replace);
}

} // namespace ringside::persistence
