#include "domain/vision/vendor/mapping.hpp"

#include "domain/base/strong_id.hpp"

#include <algorithm>
#include <set>

namespace ringside::vendor {

namespace {

error wrong(const char* field, std::string what) {
  return refuse(ec::invalid_value, std::move(what), field);
}

bool word(const std::string& text) noexcept {
  return !text.empty() && text.size() <= word_bytes_max;
}

result<unit> check_paths(const vendor_mapping& m) {
  struct named {
    const char* name;
    const paths* list;
  };
  for (const auto& [name, list] :
       {named{"fields.label", &m.label}, named{"fields.corner", &m.corner},
        named{"fields.time", &m.time}, named{"fields.error_us", &m.error},
        named{"fields.confidence", &m.confidence},
        named{"fields.severity", &m.severity},
        named{"fields.target", &m.target},
        named{"fields.in_view", &m.in_view}}) {
    if (list->size() > paths_max)
      return wrong(name, "has more than 4 paths");
    for (const auto& path : *list)
      if (!word(path) || path.front() == '.' || path.back() == '.'
          || path.find("..") != std::string::npos)
        return wrong(name, "'" + path + "' is no path");
  }
  if (m.label.empty())
    return wrong("fields.label", "is needed: what was seen?");
  if (m.time.empty())
    return wrong("fields.time", "is needed: when was it seen?");
  return unit{};
}

result<unit> check_names(const vendor_mapping& m,
                         std::span<const std::string> kinds) {
  std::set<std::string_view> seen;
  if (m.corners.size() > corner_names_max)
    return wrong("corners", "has more than 32 names");
  for (const auto& row : m.corners)
    if (!word(row.name) || !seen.insert(row.name).second)
      return wrong("corners", "'" + row.name + "' is empty, long or twice");
  seen.clear();
  if (m.labels.empty() || m.labels.size() + m.no_strikes.size() > labels_max)
    return wrong("labels", "must be 1 to 256");
  for (const auto& row : m.labels) {
    if (!word(row.name) || !seen.insert(row.name).second)
      return wrong("labels", "'" + row.name + "' is empty, long or twice");
    if (std::find(kinds.begin(), kinds.end(), row.kind) == kinds.end())
      return wrong("labels", "'" + row.kind + "' is no kind of the fusion");
  }
  for (const auto& name : m.no_strikes)
    if (!word(name) || !seen.insert(name).second)
      return wrong("no_strikes", "'" + name + "' is empty, long or twice");
  return unit{};
}

} // namespace

result<unit> validate(const vendor_mapping& m,
                      std::span<const std::string> kinds) {
  if (!valid_id_text(m.id))
    return wrong("id", "is no id");
  if (m.err_us < 0 || m.err_us > 2'000'000)
    return wrong("time.err_us", "must be 0 to 2000000");
  if (auto ok = check_paths(m); !ok)
    return ok;
  return check_names(m, kinds);
}

} // namespace ringside::vendor
