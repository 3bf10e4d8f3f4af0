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
        named{"fields.target", &m.target}, named{"fields.in_view", &m.in_view},
        named{"fields.number", &m.frames.number},
        named{"fields.view", &m.frames.view},
        named{"fighters.red", &m.frames.red},
        named{"fighters.blue", &m.frames.blue},
        named{"fighter.scores", &m.frames.scores},
        named{"fighter.impact", &m.frames.impact},
        named{"fighter.hold", &m.frames.hold},
        named{"fighter.box", &m.frames.box},
        named{"fighter.joints", &m.frames.joints},
        named{"fighter.flow_x", &m.frames.flow_x},
        named{"fighter.flow_y", &m.frames.flow_y}}) {
    if (list->size() > paths_max)
      return wrong(name, "has more than 4 paths");
    for (const auto& path : *list)
      if (!word(path) || path.front() == '.' || path.back() == '.'
          || path.find("..") != std::string::npos)
        return wrong(name, "'" + path + "' is no path");
  }
  if (m.time.empty())
    return wrong("fields.time", "is needed: when was it seen?");
  return unit{};
}

/// Names of one table: none empty, long or twice.
template <class Rows>
result<unit> check_table(const char* field, const Rows& rows,
                         std::set<std::string_view>& seen) {
  if (rows.size() > labels_max)
    return wrong(field, "has more than 256 names");
  for (const auto& row : rows)
    if (!word(row.name) || !seen.insert(row.name).second)
      return wrong(field, "'" + row.name + "' is empty, long or twice");
  return unit{};
}

result<unit> check_corners(const vendor_mapping& m) {
  std::set<std::string_view> seen;
  if (m.corners.size() > corner_names_max)
    return wrong("corners", "has more than 32 names");
  return check_table("corners", m.corners, seen);
}

// -- pictures -----------------------------------------------------------------

result<unit> check_tables(const frame_layout& f) {
  std::set<std::string_view> seen;
  if (f.actions.empty() || f.actions.size() + f.ignored.size() > labels_max)
    return wrong("actions", "must be 1 to 256");
  if (auto ok = check_table("actions", f.actions, seen); !ok)
    return ok;
  for (const auto& name : f.ignored)
    if (!word(name) || !seen.insert(name).second)
      return wrong("ignored", "'" + name + "' is empty, long or twice");
  seen.clear();
  if (auto ok = check_table("impacts", f.impacts, seen); !ok)
    return ok;
  seen.clear();
  return check_table("holds", f.holds, seen);
}

result<unit> check_frames(const vendor_mapping& m,
                          std::span<const std::string> kinds) {
  const auto& f = m.frames;
  if (f.number.empty())
    return wrong("fields.number", "is needed: which picture is it?");
  if (f.scores.empty())
    return wrong("fighter.scores", "is needed: what does the model say?");
  if (f.red.empty() != f.blue.empty() || m.corner.empty() == f.red.empty())
    return wrong("fighters", "are both there, or fields.corner is");
  if (f.unit != length_unit::milli_height && (f.width < 1 || f.height < 1))
    return wrong("picture", "needs width and height for this unit");
  if (f.flow_x.empty() != f.flow_y.empty())
    return wrong("fighter.flow_x", "and flow_y go together");
  if (auto ok = check_tables(f); !ok)
    return ok;
  for (const auto& row : f.kinds) {
    if (analytics::family_of(row.action) != analytics::family::strike)
      return wrong("kinds", std::string{text_of(row.action)} + " is no strike");
    if (std::find(kinds.begin(), kinds.end(), row.kind) == kinds.end())
      return wrong("kinds", "'" + row.kind + "' is no kind of the fusion");
  }
  return unit{};
}

// -- events -------------------------------------------------------------------

result<unit> check_names(const vendor_mapping& m,
                         std::span<const std::string> kinds) {
  std::set<std::string_view> seen;
  if (m.label.empty())
    return wrong("fields.label", "is needed: what was seen?");
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
  if (auto ok = check_corners(m); !ok)
    return ok;
  return m.level == input_level::frames ? check_frames(m, kinds)
                                        : check_names(m, kinds);
}

} // namespace ringside::vendor
