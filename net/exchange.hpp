#pragma once

#include "net/http.hpp"
#include "net/identity.hpp"
#include "net/problem.hpp"
#include "net/reply.hpp"
#include "net/target.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::net {

/// Where a request came from.
struct peer {
  std::string address;
  /// The address of ours that it came in at.
  std::string local_address;
  bool loopback = false;
  bool secure = false;
};

/// One HTTP request on its way to an answer. Answered exactly once: if nobody
/// does, its end does. Belongs to one network thread.
class exchange {
public:
  using responder = std::function<void(reply)>;

  exchange(http_request r, peer p, responder to)
    : request(std::move(r)), from(std::move(p)), to_(std::move(to)) {
    // nop
  }

  exchange(const exchange&) = delete;
  exchange& operator=(const exchange&) = delete;

  ~exchange() {
    if (to_)
      finish(problem_reply(refuse(ec::internal, "nobody answered")));
  }

  void finish(reply what) {
    if (auto to = std::exchange(to_, nullptr))
      to(std::move(what));
  }

  /// The connection becomes something else; there is no answer.
  void abandon() noexcept {
    to_ = nullptr;
  }

  void refused(const error& why, unsigned status = 0) {
    finish(problem_reply(why, status));
  }

  std::string_view header(http::field name) const {
    auto v = request[name];
    return {v.data(), v.size()};
  }

  /// A parameter of the path; the route says which there are.
  const std::string& param(std::string_view name) const {
    for (const auto& [key, value] : params)
      if (key == name)
        return value;
    static const std::string none;
    return none;
  }

  http_request request;
  peer from;
  net::target target;
  std::vector<std::pair<std::string_view, std::string>> params;
  /// An anonymous viewer unless `authenticated`.
  identity who;
  bool authenticated = false;
  std::optional<token_digest> token;

private:
  responder to_;
};

using exchange_ptr = std::shared_ptr<exchange>;

} // namespace ringside::net
