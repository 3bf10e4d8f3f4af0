#include "domain/synthetic/model.hpp"

#include <cstdlib>
#include <utility>

namespace ringside::synthetic {

namespace {

constexpr std::int64_t whole_ppm = 1'000'000;
/// How far the variance of a stat may be from one, parts per million.
constexpr std::int64_t variance_slack = 20;

error wrong(std::string field, std::string why) {
  return refuse(ec::invalid_value, field + ": " + std::move(why), field);
}

result<unit> check_share(std::int64_t ppm, std::string field) {
  if (ppm < 0 || ppm > whole_ppm)
    return wrong(std::move(field), "must be between 0 and 1000000");
  return unit{};
}

std::string name_of(std::size_t i) {
  return std::string{text_of(static_cast<stat>(i))};
}

result<unit> check_counts(const parameters& p) {
  for (std::size_t i = 0; i < counted_stats; ++i) {
    const auto& m = p.counts[i];
    auto field = "counts." + name_of(i);
    if (m.mean_ppm <= 0 || m.mean_ppm > 100 * whole_ppm)
      return wrong(field + ".mean_ppm", "must be above 0 and at most 100");
    if (m.variance_ppm <= 0 || m.variance_ppm > 10'000 * whole_ppm)
      return wrong(field + ".variance_ppm",
                   "must be above 0 and at most 10000");
  }
  return unit{};
}

result<unit> check_control(const control_margin& m) {
  if (auto ok = check_share(m.none_ppm, "control.none_ppm"); !ok)
    return ok;
  if (m.knots_s.front() < 1 || m.knots_s.back() > most_in_a_round)
    return wrong("control.knots_s", "must be between 1 and 600 seconds");
  for (std::size_t i = 1; i < knot_count; ++i)
    if (m.knots_s[i] < m.knots_s[i - 1])
      return wrong("control.knots_s", "must ascend");
  return unit{};
}

result<unit> check_symmetry(const correlations& c, const std::string& field) {
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (c.own[i][j] != c.own[j][i] || c.other[i][j] != c.other[j][i])
        return wrong(field + "." + name_of(i),
                     "is not symmetric with " + name_of(j));
  return unit{};
}

result<unit> check_correlations(const parameters& p) {
  if (auto ok = check_symmetry(p.bout, "bout"); !ok)
    return ok;
  if (auto ok = check_symmetry(p.round, "round"); !ok)
    return ok;
  for (std::size_t i = 0; i < stat_count; ++i)
    if (std::llabs(std::int64_t{p.bout.own[i][i]} + p.round.own[i][i]
                   - whole_ppm)
        > variance_slack)
      return wrong("round." + name_of(i),
                   "the variances of bout and round do not add up to one");
  return unit{};
}

result<unit> check_rest(const parameters& p) {
  const std::array<std::pair<std::int64_t, const char*>, 7> shares{{
    {p.leg.persistence_ppm, "leg.persistence_ppm"},
    {p.body.persistence_ppm, "body.persistence_ppm"},
    {p.deduction_ppm, "deduction_ppm"},
    {p.judges.wider_ppm, "judges.wider_ppm"},
    {p.finish.round_ppm, "finish.round_ppm"},
    {p.finish.knockdown_ppm, "finish.knockdown_ppm"},
    {p.finish.submission_ppm, "finish.submission_ppm"},
  }};
  for (const auto& [value, field] : shares)
    if (auto ok = check_share(value, field); !ok)
      return ok;
  if (p.leg.sd_milli < 0 || p.body.sd_milli < 0)
    return wrong("sd_milli", "must not be negative");
  if (p.judges.winner.intercept_milli != 0)
    return wrong("judges.winner.intercept_milli",
                 "must be 0: no corner is favoured");
  if (p.judges.even_milli < 0)
    return wrong("judges.even_milli", "must not be negative");
  return unit{};
}

result<model::factors> factors_of(const correlations& c,
                                  const std::string& field) {
  auto own = unscaled(c.own);
  auto other = unscaled(c.other);
  auto plus = cholesky(sum(own, other, 1));
  auto minus = cholesky(sum(own, other, -1));
  if (!plus || !minus)
    return wrong(field, "no variables can be correlated like this");
  return model::factors{*plus, *minus};
}

} // namespace

result<model> model::make(parameters p) {
  for (auto* check : {&check_counts, &check_correlations, &check_rest})
    if (auto ok = check(p); !ok)
      return ok.reason();
  if (auto ok = check_control(p.control); !ok)
    return ok.reason();
  model m{std::move(p)};
  auto bout = factors_of(m.given_.bout, "bout");
  if (!bout)
    return bout.reason();
  auto round = factors_of(m.given_.round, "round");
  if (!round)
    return round.reason();
  m.bout_ = *bout;
  m.round_ = *round;
  m.stairs_ = stairs_of(m.given_);
  return m;
}

} // namespace ringside::synthetic
