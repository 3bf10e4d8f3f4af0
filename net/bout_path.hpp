#pragma once

#include "net/api.hpp"

#include <optional>

namespace ringside::net {

/// The bout of the path. Answers the request if it is no id.
inline std::optional<bout_id> bout_of(const exchange_ptr& x) {
  const auto& text = x->param("bout_id");
  if (valid_id_text(text))
    return bout_id{text};
  x->refused(refuse(ec::not_found, "there is no such bout", "bout_id"));
  return std::nullopt;
}

} // namespace ringside::net
