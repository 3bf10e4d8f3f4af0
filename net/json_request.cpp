#include "net/json_request.hpp"

#include <string>

namespace ringside::net {

result<json::value> parse_request(std::string_view text, std::size_t bytes_max,
                                  bool foreign) {
  if (text.size() > bytes_max)
    return refuse(ec::too_large, "the request has "
                                   + std::to_string(text.size())
                                   + " bytes; at most "
                                   + std::to_string(bytes_max) + " are read");
  auto value = json::parse(text, {bytes_max, limits::json_depth_max, foreign});
  if (value && value->as_object() == nullptr)
    return refuse(ec::malformed, "the request is not a JSON object");
  return value;
}

} // namespace ringside::net
