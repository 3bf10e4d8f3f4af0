#include "domain/audit/commitment.hpp"

#include "domain/audit/hex.hpp"
#include "domain/audit/sha256.hpp"

namespace ringside::audit {

std::string commitment(const commit_salt& salt, const json::value& payload) {
  return commitment(salt, std::string_view{json::to_text(payload)});
}

std::string commitment(const commit_salt& salt, std::string_view payload) {
  using namespace std::string_view_literals;
  std::string_view salt_text{reinterpret_cast<const char*>(salt.data()),
                             salt.size()};
  return to_hex(sha256({"ringside/commit/v1\0"sv, salt_text, payload}));
}

} // namespace ringside::audit
