#include "domain/audit/signer_state.hpp"

namespace ringside::audit {

namespace {

constexpr std::string_view signer_label = "ringside/signer/v1\n";

} // namespace

result<unit> may_sign(const signer_state& state, const checkpoint& next) {
  const auto& last = state.last;
  if (next.origin != last.origin)
    return refuse(ec::corrupt, "the signer belongs to " + last.origin);
  if (next.size < last.size)
    return refuse(ec::corrupt, "the log shrank from "
                                 + std::to_string(last.size) + " to "
                                 + std::to_string(next.size));
  if (next.size == last.size && next.root != last.root)
    return refuse(ec::corrupt, "another root was signed for size "
                                 + std::to_string(last.size));
  return unit{};
}

std::string to_text(const signer_state& state) {
  return std::string{signer_label} + checkpoint_text(state.last);
}

result<signer_state> parse_signer_state(std::string_view text) {
  if (!text.starts_with(signer_label))
    return refuse(ec::corrupt, "not a signer state");
  auto last = parse_checkpoint(text.substr(signer_label.size()));
  if (!last)
    return refuse(ec::corrupt, "signer state: " + last.reason().detail);
  return signer_state{std::move(*last)};
}

} // namespace ringside::audit
