#pragma once

#include "app/officials/place.hpp"
#include "domain/base/role.hpp"

#include <functional>
#include <string>

namespace ringside::officials {

/// Makes an account with this name and role and gives a token for it.
using token_maker
  = std::function<result<std::string>(const std::string& name, role who)>;

/// A maker that asks the node at `where` with the token of an admin, kept in
/// `where.token`.
token_maker make_tokens_over_http(place where);

} // namespace ringside::officials
