#include "net/detections.hpp"

#include <memory>

namespace ringside::net {

void read_batch(wire::field_reader& f, intake::batch& to) {
  f.integer("seq", to.seq, 1, json::integer_max);
  const auto* items = f.required("items");
  if (items == nullptr)
    return;
  if (const auto* list = items->as_array())
    to.items = std::make_shared<const json::array>(*list);
  else
    f.fail(refuse(ec::malformed, "items is a list", f.path_of("items")));
}

} // namespace ringside::net
