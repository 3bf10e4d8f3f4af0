#include "actors/ops/token.hpp"

#include "domain/audit/base64.hpp"

#include <algorithm>

namespace ringside {

std::string token_text(std::span<const std::uint8_t> secret) {
  auto text = audit::to_base64(secret);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  std::erase(text, '=');
  return "rsd_s_" + text;
}

} // namespace ringside
