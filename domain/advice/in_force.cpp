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

/// A floor that was set fades in over as much as a profile has to, at least.
constexpr std::int32_t hybrid_fade_ppm = 50'000;

/// Puts one profile at its place, with the settings applied.
struct placer {
  in_force& f;
  const std::string& id;

  void operator()(const std::shared_ptr<const scoring::profile>& p) const {
    f.profiles.emplace(id, tuned(*p, f.settings, f.version));
  }

  void
  operator()(const std::shared_ptr<const scoring::hybrid::config>& p) const {
    f.hybrids.emplace(id, tuned(*p, f.settings, f.version));
  }

  void operator()(
    const std::shared_ptr<const scoring::normalise::profile>& p) const {
    f.normalisers.emplace(id, *p);
  }
};

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

profile_mark mark_of(const loaded_profile& p) {
  auto kind = static_cast<profile_kind>(p.what.index());
  return std::visit(
    [&](const auto& what) {
      return profile_mark{what->id, what->version, p.digest, kind};
    },
    p.what);
}

std::vector<profile_mark> marks_of(const profile_list& profiles) {
  std::vector<profile_mark> marks;
  for (const auto& p : profiles)
    marks.push_back(mark_of(p));
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

scoring::hybrid::config tuned(const scoring::hybrid::config& c,
                              const calibration::settings& s, int version) {
  auto mine = c;
  mine.calibration_version = version;
  auto set
    = [&s](setting which) { return static_cast<std::int32_t>(s[which]); };
  const calibration::settings initial;
  if (s[setting::hybrid_camera_weight_milli]
      != initial[setting::hybrid_camera_weight_milli]) {
    mine.sources.camera.weight_milli = set(setting::hybrid_camera_weight_milli);
    mine.sources.human.weight_milli = set(setting::hybrid_human_weight_milli);
  }
  auto floor = set(setting::hybrid_confidence_floor_ppm);
  for (auto from : scoring::hybrid::both_sources) {
    auto& plan = mine.sources[from];
    if (floor <= plan.floor.count)
      continue;
    plan.floor = {floor};
    plan.full = {std::max(plan.full.count, floor + hybrid_fade_ppm)};
  }
  return mine;
}

in_force_ptr put_in_force(const calibration_state& s,
                          const profile_list& profiles) {
  auto f = std::make_shared<in_force>();
  f->version = s.version;
  f->position = s.position;
  f->settings = s.settings;
  for (const auto& p : profiles) {
    auto mark = mark_of(p);
    if (std::find(s.profiles.begin(), s.profiles.end(), mark)
        != s.profiles.end())
      std::visit(placer{*f, mark.id}, p.what);
  }
  return f;
}

namespace {

result<unit> check_hybrids(const in_force& f) {
  for (const auto& [id, p] : f.normalisers)
    if (auto sound = scoring::normalise::validate(p); !sound)
      return refuse(ec::invalid_value,
                    "normalisation " + id + ": " + sound.reason().detail,
                    sound.reason().field);
  for (const auto& [id, c] : f.hybrids) {
    // Only a floor that was set can be wrong with a file that was read.
    if (auto sound = scoring::hybrid::validate(c); !sound)
      return refuse(ec::invalid_value,
                    "hybrid profile " + id + ": " + sound.reason().detail,
                    "hybrid_confidence_floor_ppm");
    if (!f.normalisers.contains(c.normalise))
      return refuse(ec::invalid_value,
                    "hybrid profile " + id + " asks for normalisation "
                      + c.normalise + ", which is not there",
                    id + ".normalise");
  }
  if (const auto& id = f.settings.hybrid_profile;
      id != calibration::settings{}.hybrid_profile && !f.hybrids.contains(id))
    return unknown(id, "hybrid_profile");
  return unit{};
}

} // namespace

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
  return check_hybrids(f);
}

hybrid_basis hybrid_in(const in_force& f) {
  auto found = f.hybrids.find(f.settings.hybrid_profile);
  if (found == f.hybrids.end())
    return {};
  auto by = f.normalisers.find(found->second.normalise);
  return by != f.normalisers.end() ? hybrid_basis{&found->second, &by->second}
                                   : hybrid_basis{};
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
