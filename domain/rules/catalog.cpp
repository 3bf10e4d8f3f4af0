#include "domain/rules/catalog.hpp"

#include "domain/rules/validate.hpp"

#include <algorithm>

namespace ringside::rules {

result<catalog> catalog::make(std::vector<ruleset> all) {
  for (const auto& one : all)
    if (auto sound = validate(one); !sound) {
      auto reason = sound.reason();
      reason.detail = one.id + ": " + reason.detail;
      return reason;
    }
  std::sort(all.begin(), all.end(),
            [](const ruleset& a, const ruleset& b) { return a.id < b.id; });
  for (std::size_t i = 1; i < all.size(); ++i)
    if (all[i].id == all[i - 1].id)
      return refuse(ec::invalid_value,
                    "the rule set '" + all[i].id + "' exists twice", "id");
  catalog made;
  made.all_ = std::move(all);
  return made;
}

const ruleset* catalog::find(std::string_view id) const noexcept {
  auto at = std::lower_bound(
    all_.begin(), all_.end(), id,
    [](const ruleset& one, std::string_view key) { return one.id < key; });
  return at != all_.end() && at->id == id ? &*at : nullptr;
}

} // namespace ringside::rules
