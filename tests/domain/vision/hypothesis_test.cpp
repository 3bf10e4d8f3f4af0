#include "domain/vision/fusion/hypothesis.hpp"
#include "domain/vision/fusion/presence.hpp"
#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace ringside::fusion {
namespace {

/// A block of two cameras and an operator, all of them in view all the time.
class hypothesis_fixture : public testing::Test {
protected:
  hypothesis_fixture() {
    settings.kinds = 8;
    settings.miss_weight = {1'000'000};
    table = {new_camera(8), new_camera(8), new_human(8)};
  }

  const block& make(std::vector<observation> seen) {
    parameters = std::make_unique<model>(settings, table);
    reports = std::move(seen);
    for (std::size_t i = 0; i < reports.size(); ++i) {
      reports[i].index = static_cast<std::uint8_t>(i);
      reports[i].from = &nobody;
      reports[i].var = parameters->sources[reports[i].src].var;
    }
    b = {};
    b.seen = reports;
    b.with = parameters.get();
    b.always = 0b111;
    b.views = &views;
    b.heard.fill(10);
    return b;
  }

  static observation at(double t, source_index src, int kind = 2) {
    observation o;
    o.t = t;
    o.src = src;
    o.has_kind = kind >= 0;
    o.kind = static_cast<kind_index>(std::max(kind, 0));
    o.has_corner = true;
    return o;
  }

  fusion_settings settings;
  source_table table;
  std::unique_ptr<model> parameters;
  std::vector<observation> reports;
  presence views;
  report nobody;
  block b;
};

TEST_F(hypothesis_fixture, a_lone_report_has_the_odds_of_the_reference) {
  make({at(0, 0)});
  // beta p_d / lambda, 1/K and 1/2 against 1/(2K), and two silent sources.
  auto expected = std::log(0.55) + std::log(0.75) - std::log(0.08)
                  + std::log(1 - 0.75) + std::log(1 - 0.65);
  EXPECT_NEAR(fresh_llr(b, b.seen[0]), expected, 1e-9);
  auto h = fresh(b, b.seen[0]);
  EXPECT_NEAR(h.llr, expected, 1e-9);
  // What is left of a million by rounding is on the diagonal.
  EXPECT_NEAR(h.kind[2], 0.75, 1e-5);
  EXPECT_NEAR(h.red, 0.98, 1e-9);
}

TEST_F(hypothesis_fixture, a_second_report_adds_the_gain_of_the_reference) {
  make({at(0, 0), at(0.01, 1)});
  auto h = fresh(b, b.seen[0]);
  auto var = 2 * 0.025 * 0.025;
  auto label = 0.75 * 0.75 + 7 * std::pow(0.25 / 7, 2);
  auto side = 0.98 * 0.98 + 0.02 * 0.02;
  auto sum = std::log(0.75) - std::log(1 - 0.75)
             - 0.5 * std::log(2 * std::numbers::pi * var)
             - 0.01 * 0.01 / (2 * var) + std::log(label) + std::log(side)
             - std::log(0.08 / 16);
  EXPECT_NEAR(gain(b, h, b.seen[1]), 0.85 * sum, 1e-5);
  table[0].vendor = 7;
  table[1].vendor = 7;
  make({at(0, 0), at(0.01, 1)});
  EXPECT_NEAR(gain(b, fresh(b, b.seen[0]), b.seen[1]), 0.5 * sum, 1e-5);
}

TEST_F(hypothesis_fixture, what_is_not_in_view_or_not_due_is_not_missed) {
  make({at(0, 0)});
  auto all = fresh_llr(b, b.seen[0]);
  b.always = 0b001;
  auto alone = fresh_llr(b, b.seen[0]);
  EXPECT_NEAR(alone - all, -std::log(1 - 0.75) - std::log(1 - 0.65), 1e-9);
  b.always = 0b111;
  b.heard[2] = 0.1;
  EXPECT_NEAR(fresh_llr(b, b.seen[0]) - all, -std::log(1 - 0.65), 1e-9);
}

TEST_F(hypothesis_fixture, the_time_is_the_weighted_mean) {
  make({at(0, 0), at(0.02, 1), at(0.1, 2)});
  auto h = fresh(b, b.seen[0]);
  attach(b, h, b.seen[1], gain(b, h, b.seen[1]));
  EXPECT_NEAR(h.t, 0.01, 1e-9);
  EXPECT_NEAR(h.var, 0.025 * 0.025 / 2, 1e-9);
  attach(b, h, b.seen[2], gain(b, h, b.seen[2]));
  EXPECT_LT(h.t, 0.013);
  EXPECT_NEAR(h.silence, 0, 1e-9);
  EXPECT_EQ(h.count, 3);
}

TEST_F(hypothesis_fixture, joining_does_not_depend_on_who_joins_whom) {
  make({at(0, 0), at(0.02, 1), at(0.1, 2)});
  auto first = fresh(b, b.seen[0]);
  auto rest = fresh(b, b.seen[1]);
  attach(b, rest, b.seen[2], gain(b, rest, b.seen[2]));
  auto one = joined(b, first, rest);
  auto other = joined(b, rest, first);
  EXPECT_EQ(one.llr, other.llr);
  EXPECT_EQ(one.t, other.t);
  EXPECT_EQ(one.count, 3);
}

TEST_F(hypothesis_fixture, the_clock_bound_widens_the_gate) {
  make({at(0, 0), at(0.2, 1)});
  auto h = fresh(b, b.seen[0]);
  auto late = b.seen[1];
  EXPECT_FALSE(in_gate(b, h, late));
  late.err = 0.1;
  EXPECT_TRUE(in_gate(b, h, late));
}

TEST_F(hypothesis_fixture, coarse_buttons_support_all_kinds_they_may_mean) {
  // Two buttons: kinds 0 to 3 and 4 to 7.
  table[2].confusion.assign(16, 0);
  for (std::size_t k = 0; k < 8; ++k)
    table[2].confusion[2 * k + (k < 4 ? 0 : 1)] = 1'000'000;
  ASSERT_TRUE(check(table, 8));
  make({at(0, 2, 1)});
  auto h = fresh(b, b.seen[0]);
  EXPECT_NEAR(h.kind[5], 0.25, 1e-3);
  EXPECT_NEAR(h.kind[1], 0, 1e-3);
}

} // namespace
} // namespace ringside::fusion
