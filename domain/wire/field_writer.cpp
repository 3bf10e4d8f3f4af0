#include "domain/wire/field_writer.hpp"

namespace ringside::wire {

void field_writer::corners(
  std::string_view key, std::vector<std::optional<ringside::corner>>& items) {
  if (items.empty())
    return;
  json::array all;
  for (const auto& item : items)
    all.emplace_back(item ? to_string(*item) : std::string_view{"none"});
  put(key, std::move(all));
}

void field_writer::integers(std::string_view key, std::vector<int>& items,
                            std::int64_t, std::int64_t) {
  put(key, json::array(items.begin(), items.end()));
}

} // namespace ringside::wire
