#include "domain/advice/in_force.hpp"

#include <algorithm>
#include <utility>

namespace ringside::advice {

namespace {

using calibration::setting;

constexpr std::int64_t no_temperature = 1'000;

/// 0 leaves what the profile says.
void override_by(std::int32_t& own, std::int64_t set) {
  if (set != 0)
    own = static_cast<std::int32_t>(set);
}

bool knows(const in_force& f, std::string_view id) {
  return f.profiles.find(id) != f.profiles.end();
}

error unknown(const std::string& id, std::string field) {
  return refuse(ec::invalid_value, "there is no profile " + id,
                std::move(field), "GET /scoring/profiles lists them");
}

/// The threshold a complaint about a tuned profile comes from.
std::string field_of(const std::string& complaint) {
  if (complaint.find("close_band") != std::string::npos)
    return "too_close_band_ppm";
  return complaint.find("card_next_at") != std::string::npos
           ? "wider_card_at_ppm"
           : "wide_card_at_ppm";
}

} // namespace

std::vector<profile_mark> marks_of(const profile_list& profiles) {
  std::vector<profile_mark> marks;
  for (const auto& p : profiles)
    marks.push_back({p.what->id, p.what->version, p.digest});
  std::sort(marks.begin(), marks.end());
  return marks;
}

scoring::profile tuned(const scoring::profile& p,
                       const calibration::settings& s, int version) {
  auto mine = p;
  mine.calibration_version = version;
  override_by(mine.close_band_ppm, s[setting::too_close_band_ppm]);
  override_by(mine.wide.card_at_ppm, s[setting::wide_card_at_ppm]);
  override_by(mine.wide.card_next_at_ppm, s[setting::wider_card_at_ppm]);
  if (auto t = s[setting::temperature_milli]; t != no_temperature)
    mine.scale = mine.scale * static_cast<double>(no_temperature)
                 / static_cast<double>(t);
  return mine;
}

in_force_ptr put_in_force(const calibration_state& s,
                          const profile_list& profiles) {
  auto f = std::make_shared<in_force>();
  f->version = s.version;
  f->position = s.position;
  f->settings = s.settings;
  for (const auto& p : profiles) {
    profile_mark mark{p.what->id, p.what->version, p.digest};
    auto used = std::find(s.profiles.begin(), s.profiles.end(), mark);
    if (used != s.profiles.end())
      f->profiles.emplace(mark.id, tuned(*p.what, s.settings, s.version));
  }
  return f;
}

result<unit> check_in_force(const in_force& f) {
  for (const auto& [id, p] : f.profiles)
    if (auto sound = scoring::validate(p); !sound)
      return refuse(ec::invalid_value,
                    "profile " + id + ": " + sound.reason().detail,
                    field_of(sound.reason().field));
  for (std::size_t i = 0; i < f.settings.profiles.size(); ++i)
    if (const auto& id = f.settings.profiles[i].profile; !knows(f, id))
      return unknown(id, "profiles[" + std::to_string(i) + "].profile");
  // The name it has from the start need not be there.
  if (const auto& id = f.settings.default_profile;
      id != calibration::settings{}.default_profile && !knows(f, id))
    return unknown(id, "default_profile");
  return unit{};
}

const scoring::profile* profile_for(const in_force& f, const bout::state& s) {
  if (!s.ruleset)
    return nullptr;
  const auto& rules = *s.ruleset;
  auto fits = [&](const scoring::profile& p) {
    return p.discipline == rules.discipline;
  };
  for (auto id : calibration::profiles_for(f.settings, rules.id,
                                           rules.jurisdiction, s.event_name))
    if (auto found = f.profiles.find(id);
        found != f.profiles.end() && fits(found->second))
      return &found->second;
  for (const auto& [id, p] : f.profiles)
    if (fits(p))
      return &p;
  return nullptr;
}

} // namespace ringside::advice
