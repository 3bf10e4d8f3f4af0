#include "domain/scoring/profile.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace ringside::scoring {

namespace {

error wrong(const std::string& field, const std::string& why) {
  return refuse(ec::invalid_value, "'" + field + "' " + why, field);
}

std::string item(const std::string& list, std::size_t i) {
  return list + "[" + std::to_string(i) + "]";
}

result<unit> check_parts(const std::vector<part>& parts,
                         const std::string& field, bool signs_free) {
  if (parts.empty())
    return wrong(field, "counts nothing");
  for (const auto& p : parts) {
    auto name = std::string{text_of(p.counted)};
    if (!std::isfinite(p.factor))
      return wrong(field + "." + name, "must be a finite number");
    if (p.factor < 0 && !(signs_free && may_be_negative(p.counted)))
      return wrong(field + "." + name,
                   "is negative: one more would lower its owner's chance");
  }
  return unit{};
}

result<unit> check_term(const term& t, const std::string& field) {
  if (t.id.empty())
    return wrong(field + ".id", "is empty");
  auto name = " (term '" + t.id + "')";
  if (!std::isfinite(t.weight))
    return wrong(field + ".weight", "must be a finite number" + name);
  if (!std::isfinite(t.soft) || t.soft < 0)
    return wrong(field + ".soft", "must be finite and not negative" + name);
  if (t.weight < 0 && !may_be_negative(t))
    return wrong(field + ".weight",
                 "is negative: one more would lower its owner's chance" + name);
  auto splits = t.shape != shape::root && t.shape != shape::capped;
  if (!t.aspect && !splits && t.parts.size() > 1)
    return wrong(field + ".aspect",
                 "is needed, this shape has no parts" + name);
  // Negative amounts have no root and no share.
  return check_parts(t.parts, field + ".counts", t.shape == shape::difference);
}

result<unit> check_terms(const std::vector<term>& terms,
                         const std::string& list) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (auto ok = check_term(terms[i], item(list, i)); !ok)
      return ok;
    if (!ids.insert(terms[i].id).second)
      return wrong(item(list, i) + ".id", "'" + terms[i].id + "' is doubled");
  }
  return unit{};
}

result<unit> check_wide(const wide_model& w) {
  if (auto ok = check_terms(w.terms, "wide.terms"); !ok)
    return ok;
  if (w.eras.empty() || !w.eras.front().from.empty())
    return wrong("wide.eras", "must begin with one that has no date");
  for (std::size_t i = 0; i < w.eras.size(); ++i) {
    if (!std::isfinite(w.eras[i].intercept))
      return wrong(item("wide.eras", i) + ".intercept",
                   "must be a finite number");
    if (i > 0 && w.eras[i].from <= w.eras[i - 1].from)
      return wrong(item("wide.eras", i) + ".from", "must come later");
  }
  if (!std::isfinite(w.step_to_next) || w.step_to_next < 0)
    return wrong("wide.step_to_next", "must be finite and not negative");
  return unit{};
}

result<unit> check_range(const std::string& field, std::int32_t value,
                         std::int32_t most) {
  if (value < 0 || value > most)
    return wrong(field, "must be 0 to " + std::to_string(most));
  return unit{};
}

result<unit> check_count(const profile& p) {
  if (p.method != method::technique_count)
    return unit{};
  if (auto ok = check_parts(p.techniques, "techniques", false); !ok)
    return ok;
  if (p.rows.empty())
    return wrong("rows", "is empty");
  for (std::size_t i = 0; i < p.rows.size(); ++i) {
    auto first = i == 0;
    if (p.rows[i].lead_min < 1
        || (!first && p.rows[i].lead_min <= p.rows[i - 1].lead_min))
      return wrong(item("rows", i) + ".lead_min", "must ascend from 1");
    if (p.rows[i].steps < 1
        || (!first && p.rows[i].steps < p.rows[i - 1].steps))
      return wrong(item("rows", i) + ".steps", "must not fall");
  }
  return unit{};
}

result<unit> check_numbers(const profile& p) {
  constexpr std::int32_t half = 500'000;
  constexpr std::int32_t whole = 1'000'000;
  if (!std::isfinite(p.scale) || p.scale <= 0)
    return wrong("scale", "must be finite and above 0");
  // Above it a better round could lower the winner's chance.
  if (!std::isfinite(p.even_share) || p.even_share < 0 || p.even_share > 0.5)
    return wrong("even_share", "must be 0 to 0.5");
  for (auto [field, value] :
       {std::pair{"fit.ridge", p.fit.ridge},
        std::pair{"fit.wide_ridge", p.fit.wide_ridge},
        std::pair{"fit.half_life_years", p.fit.half_life_years}})
    if (!std::isfinite(value) || value < 0)
      return wrong(field, "must be finite and not negative");
  if (auto ok = check_range("even_card_ppm", p.even_card_ppm, half); !ok)
    return ok;
  if (auto ok = check_range("close_band_ppm", p.close_band_ppm, half); !ok)
    return ok;
  if (auto ok = check_range("wide.card_at_ppm", p.wide.card_at_ppm, whole); !ok)
    return ok;
  return check_range("wide.card_next_at_ppm", p.wide.card_next_at_ppm, whole);
}

} // namespace

aspect aspect_of(column c) noexcept {
  switch (c) {
  case column::takedowns:
  case column::takedowns_failed:
  case column::submissions:
  case column::submissions_light:
  case column::submissions_deep:
  case column::submissions_near_finish:
  case column::reversals:
    return aspect::grappling;
  case column::control_minutes:
    return aspect::control;
  case column::other_landed:
  case column::significant_missed:
  case column::other_missed:
    return aspect::aggression;
  default:
    return aspect::damage;
  }
}

bool may_be_negative(const term& t) noexcept {
  return t.shape == shape::difference
         && std::all_of(t.parts.begin(), t.parts.end(), [](const part& p) {
              return may_be_negative(p.counted);
            });
}

result<unit> validate(const profile& p) {
  if (p.id.empty())
    return wrong("id", "is empty");
  if (p.version < 1)
    return wrong("version", "must be from 1");
  if (p.terms.empty())
    return wrong("terms", "is empty");
  if (auto ok = check_terms(p.terms, "terms"); !ok)
    return ok;
  if (auto ok = check_wide(p.wide); !ok)
    return ok;
  if (auto ok = check_count(p); !ok)
    return ok;
  return check_numbers(p);
}

double wide_intercept(const wide_model& w, std::string_view date) noexcept {
  if (w.eras.empty())
    return 0;
  if (date.empty())
    return w.eras.back().intercept;
  auto found = w.eras.front().intercept;
  for (const auto& e : w.eras)
    if (e.from <= date)
      found = e.intercept;
  return found;
}

} // namespace ringside::scoring
