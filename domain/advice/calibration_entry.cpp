#include "domain/advice/calibration_entry.hpp"

#include "domain/audit/hex.hpp"
#include "domain/audit/unreadable.hpp"

#include <algorithm>

namespace ringside::calibration {

/// Found by the reader of lists.
template <class F>
void fields(F& f, profile_choice& x) {
  f.word("scope", x.scope);
  f.name("name", x.name);
  f.name("profile", x.profile);
}

} // namespace ringside::calibration

namespace ringside::advice {

namespace {

using calibration::settings;

/// So many fit into an entry.
constexpr std::size_t profiles_max = 64;

json::value choices_json(const std::vector<calibration::profile_choice>& all) {
  json::array list;
  for (const auto& c : all)
    list.emplace_back(json::object{
      {"scope", text_of(c.scope)}, {"name", c.name}, {"profile", c.profile}});
  return list;
}

/// What of `s` is not in `other`.
json::value difference(const settings& s, const settings& other) {
  json::object values;
  for (const auto& line : calibration::all_settings())
    if (s[line.id] != other[line.id])
      values.emplace(line.name, s[line.id]);
  json::object out;
  out["values"] = std::move(values);
  if (s.default_profile != other.default_profile)
    out["default_profile"] = s.default_profile;
  if (s.hybrid_profile != other.hybrid_profile)
    out["hybrid_profile"] = s.hybrid_profile;
  if (s.profiles != other.profiles)
    out["profiles"] = choices_json(s.profiles);
  return out;
}

result<unit> apply_change(calibration_state& s,
                          const audit::entry_fields& entry) {
  const auto* after = entry.data.find("after");
  if (after == nullptr)
    return audit::unreadable(entry, "calibration",
                             "says nothing about what is after it");
  calibration::change wanted;
  wire::field_reader f{*after, wire::origin::journal};
  read_change(f, wanted);
  if (auto ok = f.finish(); !ok)
    return audit::unreadable(entry, "calibration", ok.reason().detail);
  // Old journals stay readable when a range gets narrower.
  for (const auto& [which, value] : wanted.values)
    s.settings[which] = value;
  if (wanted.default_profile)
    s.settings.default_profile = *wanted.default_profile;
  if (wanted.hybrid_profile)
    s.settings.hybrid_profile = *wanted.hybrid_profile;
  if (wanted.profiles)
    s.settings.profiles = *wanted.profiles;
  return unit{};
}

struct mark_row {
  std::string id;
  int version = 0;
  std::string digest;
  profile_kind kind = profile_kind::scoring;
};

template <class F>
void fields(F& f, mark_row& x) {
  f.name("id", x.id);
  f.integer("version", x.version, 1, 1'000'000);
  f.name("sha256", x.digest);
  f.word_or("kind", x.kind, profile_kind::scoring);
}

result<unit> apply_profiles(calibration_state& s,
                            const audit::entry_fields& entry) {
  wire::field_reader f{entry.data, wire::origin::journal};
  std::vector<mark_row> rows;
  std::string reason;
  f.list("profiles", rows, profiles_max);
  f.text("reason", reason);
  if (auto ok = f.finish(); !ok)
    return audit::unreadable(entry, "calibration", ok.reason().detail);
  std::vector<profile_mark> marks;
  for (auto& row : rows) {
    auto digest = audit::parse_hash_hex(row.digest);
    if (!digest)
      return audit::unreadable(entry, "calibration",
                               "'" + row.digest + "' is no digest");
    marks.push_back({row.id, row.version, *digest, row.kind});
  }
  s.profiles = std::move(marks);
  for (const auto& m : s.profiles)
    s.seen.emplace(std::tuple{m.kind, m.id, m.version}, m.digest);
  return unit{};
}

} // namespace

void read_change(wire::field_reader& f, calibration::change& c) {
  if (f.has("values"))
    f.nested("values", [&c](wire::field_reader& in) {
      for (const auto& line : calibration::all_settings())
        if (std::int64_t n = 0; in.has(line.name)) {
          in.integer(line.name, n, line.low, line.high);
          c.values.emplace_back(line.id, n);
        }
    });
  if (f.has("default_profile"))
    f.name("default_profile", c.default_profile.emplace());
  if (f.has("hybrid_profile"))
    f.name("hybrid_profile", c.hybrid_profile.emplace());
  if (f.has("profiles"))
    f.list("profiles", c.profiles.emplace(), calibration::profile_choices_max);
}

json::object settings_json(const settings& s) {
  json::object values;
  for (const auto& line : calibration::all_settings())
    values.emplace(line.name, s[line.id]);
  json::object out;
  out["values"] = std::move(values);
  out["default_profile"] = s.default_profile;
  out["hybrid_profile"] = s.hybrid_profile;
  out["profiles"] = choices_json(s.profiles);
  return out;
}

json::value change_data(const settings& before, const settings& after,
                        const std::string& reason,
                        std::optional<int> rolled_back_to) {
  json::object o;
  o["before"] = difference(before, after);
  o["after"] = difference(after, before);
  o["reason"] = reason;
  if (rolled_back_to)
    o["rolled_back_to"] = *rolled_back_to;
  return o;
}

json::value profiles_data(const std::vector<profile_mark>& profiles,
                          const std::string& reason) {
  json::array list;
  for (const auto& p : profiles) {
    json::object row{{"id", p.id},
                     {"version", p.version},
                     {"sha256", audit::to_hex(p.digest)}};
    if (p.kind != profile_kind::scoring)
      row.emplace("kind", text_of(p.kind));
    list.emplace_back(std::move(row));
  }
  json::object o;
  o["profiles"] = std::move(list);
  o["reason"] = reason;
  return o;
}

result<unit> apply_calibration_entry(calibration_state& s,
                                     const audit::entry_fields& entry,
                                     std::uint64_t position) {
  auto done = entry.kind == kind_calibration_changed ? apply_change(s, entry)
              : entry.kind == kind_profiles_loaded
                ? apply_profiles(s, entry)
                : result<unit>{audit::unreadable(entry, "calibration",
                                                 "nobody knows " + entry.kind)};
  if (!done)
    return done;
  ++s.version;
  s.position = position;
  return unit{};
}

result<unit> check_profiles(const calibration_state& s,
                            const std::vector<profile_mark>& profiles) {
  if (profiles.size() > profiles_max)
    return refuse(ec::invalid_value, "there are more than "
                                       + std::to_string(profiles_max)
                                       + " profiles");
  for (const auto& p : profiles) {
    auto known = s.seen.find({p.kind, p.id, p.version});
    if (known != s.seen.end() && known->second != p.digest)
      return refuse(ec::invalid_value,
                    "profile " + p.id + " changed without a new version: "
                      + std::to_string(p.version) + " was SHA-256 "
                      + audit::to_hex(known->second),
                    p.id, "give the file the next version");
  }
  return unit{};
}

} // namespace ringside::advice
