#include "app/evaluate/calibrate.hpp"

#include "app/config/load_profiles.hpp"
#include "domain/advice/in_force.hpp"
#include "tests/app/fit/real_rounds.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace ringside::evaluate {
namespace {

using calibration::calibration_kind;
using calibration::labelled;

constexpr std::array kinds{calibration_kind::temperature,
                           calibration_kind::platt, calibration_kind::beta,
                           calibration_kind::isotonic};

double logistic(double z) {
  return 1 / (1 + std::exp(-z));
}

/// Forecasts that are `sharp` times as sure of themselves as they should be,
/// and lean to red.
std::vector<labelled> cases(double sharp, double lean = 0) {
  std::mt19937 source{5};
  auto uniform
    = [&source] { return static_cast<double>(source() >> 5) / 134'217'728.0; };
  std::vector<labelled> out;
  for (int i = 0; i < 6'000; ++i) {
    auto z = (uniform() - 0.5) * 6;
    out.push_back({logistic(z * sharp + lean), uniform() < logistic(z)});
  }
  return out;
}

scoring::profile learned() {
  auto p = config::load_profile(config::default_profile_dir() / "mma_fit.yaml");
  EXPECT_TRUE(p);
  return *p;
}

} // namespace

TEST(mirrored_map, never_falls_and_is_its_own_mirror) {
  for (auto kind : kinds) {
    auto map = mirrored_map::fit(kind, cases(1.7, 0.4));
    ASSERT_TRUE(map) << map.reason().detail;
    auto last = -1.0;
    for (int i = 0; i <= 10'000; ++i) {
      auto p = i / 10'000.0;
      auto q = (*map)(p);
      EXPECT_GE(q, last) << ringside::text_of(kind) << " at " << p;
      EXPECT_NEAR(q + (*map)(1 - p), 1, 1e-12) << ringside::text_of(kind);
      EXPECT_GE(q, 0);
      EXPECT_LE(q, 1);
      last = q;
    }
    EXPECT_DOUBLE_EQ((*map)(0.5), 0.5) << ringside::text_of(kind);
  }
}

TEST(mirrored_map, finds_the_temperature_whatever_the_curve_is_called) {
  for (auto kind : {calibration_kind::temperature, calibration_kind::platt,
                    calibration_kind::beta}) {
    auto map = mirrored_map::fit(kind, cases(2));
    ASSERT_TRUE(map);
    ASSERT_TRUE(map->temperature_milli()) << ringside::text_of(kind);
    EXPECT_NEAR(*map->temperature_milli(), 2'000, 120)
      << ringside::text_of(kind);
  }
  // One number does all that the three curves do.
  auto one = mirrored_map::fit(calibration_kind::temperature, cases(2));
  auto beta = mirrored_map::fit(calibration_kind::beta, cases(2));
  for (auto p : {0.55, 0.7, 0.9, 0.99})
    EXPECT_NEAR((*one)(p), (*beta)(p), 1e-4);
  auto stairs = mirrored_map::fit(calibration_kind::isotonic, cases(2));
  EXPECT_FALSE(stairs->temperature_milli());
}

TEST(mirrored_map, needs_as_many_rounds_as_its_kind) {
  auto few = cases(2);
  few.resize(999);
  EXPECT_EQ(mirrored_map::fit(calibration_kind::isotonic, few).reason().code,
            ec::invalid_value);
  few.resize(60);
  EXPECT_TRUE(mirrored_map::fit(calibration_kind::platt, few));
  EXPECT_FALSE(mirrored_map::fit(calibration_kind::beta, few));
}

TEST(calibrate, refuses_a_file_with_too_few_rounds) {
  calibrate_options o;
  o.rounds_file = std::filesystem::path{RINGSIDE_SOURCE_DIR}
                  / "tests/data/replay/rounds_small.csv";
  o.profile = learned();
  EXPECT_FALSE(run_calibration(o));
}

TEST(calibrate, mends_a_profile_that_is_too_sure_of_itself) {
  auto file = fit::real_rounds();
  if (file.empty())
    GTEST_SKIP() << "no real rounds; set RINGSIDE_SHARED_DATA";
  calibrate_options o;
  o.rounds_file = file;
  o.profile = learned();
  // As it is, without a fit of its own that would mend it first.
  o.profile.fit.what = scoring::fitted::nothing;
  o.profile.scale *= 2;
  o.draws = 20;
  for (auto kind : kinds) {
    o.kind = kind;
    auto c = run_calibration(o);
    ASSERT_TRUE(c) << c.reason().detail;
    EXPECT_EQ(c->before.rounds, c->after.rounds);
    EXPECT_GT(c->after.rounds, 2'500u);
    EXPECT_LT(c->after.log_loss.value, c->before.log_loss.value - 0.01);
    EXPECT_LT(c->after.ece.value, c->before.ece.value / 2);
    EXPECT_NEAR(c->after.accuracy.value, c->before.accuracy.value, 0.003);
    EXPECT_NE(text_of(*c).find("before"), std::string::npos);
  }
}

TEST(calibrate, the_setting_does_what_the_map_does) {
  auto file = fit::real_rounds();
  if (file.empty())
    GTEST_SKIP() << "no real rounds; set RINGSIDE_SHARED_DATA";
  calibrate_options o;
  o.rounds_file = file;
  o.profile = learned();
  o.profile.fit.what = scoring::fitted::nothing;
  o.profile.scale *= 2;
  o.kind = calibration_kind::platt;
  o.draws = 0;
  auto c = run_calibration(o);
  ASSERT_TRUE(c);
  ASSERT_TRUE(c->map.temperature_milli());
  EXPECT_GT(*c->map.temperature_milli(), 1'500);
  calibration::change wanted;
  wanted.values
    = {{calibration::setting::temperature_milli, *c->map.temperature_milli()}};
  auto settings = calibration::with({}, wanted);
  ASSERT_TRUE(settings);
  auto tuned = advice::tuned(o.profile, *settings, 2);
  ASSERT_TRUE(scoring::validate(tuned));
  auto rounds = fit::read_labelled_rounds(file);
  for (std::size_t i = 0; i < rounds->size(); i += 50) {
    const auto& r = (*rounds)[i];
    auto said = forecast_of(o.profile, r.tally, r.date).a_wins.count / 1e6;
    auto live = forecast_of(tuned, r.tally, r.date).a_wins.count / 1e6;
    EXPECT_NEAR(c->map(said), live, 0.005) << "line " << r.line;
  }
}

} // namespace ringside::evaluate
