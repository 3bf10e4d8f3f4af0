#pragma once

#include "domain/base/role.hpp"
#include "domain/wire/field_reader.hpp"
#include "net/exchange.hpp"
#include "net/json_request.hpp"

#include <cstddef>

namespace ringside::net {

/// Reads the body of a request with `describe`, which names its members to a
/// `wire::field_reader`. Answers the request if it is wrong.
/// @param foreign See `parse_request`.
/// @returns false if it was answered.
template <class Describe>
bool read_body(const exchange_ptr& x, Describe describe,
               std::size_t bytes_max = limits::request_bytes_max,
               bool foreign = false) {
  auto body = parse_request(x->request.body(), bytes_max, foreign);
  if (!body)
    return x->refused(body.reason()), false;
  wire::field_reader f{*body, wire::origin::request};
  describe(f);
  auto ok = f.finish();
  if (!ok)
    x->refused(ok.reason());
  return static_cast<bool>(ok);
}

/// Who asks, as the actors and the journal name people.
inline issuer issuer_of(const exchange_ptr& x) {
  return {x->who.role, x->who.account};
}

} // namespace ringside::net
