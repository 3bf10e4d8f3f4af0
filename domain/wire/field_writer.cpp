#include "domain/wire/field_writer.hpp"

#include "domain/wire/card_form.hpp"

namespace ringside::wire {

void field_writer::criteria(std::string_view key,
                            std::vector<bout::criterion_pick>& items) {
  if (!items.empty())
    put(key, criteria_json(items));
}

void field_writer::integers(std::string_view key, std::vector<int>& items,
                            std::int64_t, std::int64_t) {
  put(key, json::array(items.begin(), items.end()));
}

} // namespace ringside::wire
