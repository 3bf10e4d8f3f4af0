#include "domain/scoring/profile.hpp"

#include "tests/domain/scoring/sample.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace ringside::scoring {
namespace {

using test::sample_profile;

struct fault {
  const char* field;
  std::function<void(profile&)> make;
};

class faulty_profile : public testing::TestWithParam<fault> {};

const double nan = std::numeric_limits<double>::quiet_NaN();
const double inf = std::numeric_limits<double>::infinity();

} // namespace

TEST_P(faulty_profile, is_refused_by_the_field_that_is_wrong) {
  auto p = sample_profile();
  ASSERT_TRUE(validate(p)) << validate(p).reason().detail;
  GetParam().make(p);
  auto answer = validate(p);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.reason().code, ec::invalid_value);
  EXPECT_EQ(answer.reason().field, GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
  profiles, faulty_profile,
  testing::Values(
    fault{"terms[1].weight", [](profile& p) { p.terms[1].weight = nan; }},
    fault{"terms[1].weight", [](profile& p) { p.terms[1].weight = inf; }},
    fault{"terms[1].weight", [](profile& p) { p.terms[1].weight = -0.1; }},
    fault{"terms[3].soft", [](profile& p) { p.terms[3].soft = -1; }},
    fault{"terms[3].counts.head",
          [](profile& p) { p.terms[3].parts[0].factor = -1; }},
    fault{"terms[3].counts.body",
          [](profile& p) { p.terms[3].parts[1].factor = nan; }},
    fault{"terms[0].counts", [](profile& p) { p.terms[0].parts.clear(); }},
    fault{"terms[1].id", [](profile& p) { p.terms[1].id = "knockdowns"; }},
    fault{"terms", [](profile& p) { p.terms.clear(); }},
    fault{"wide.terms[0].weight",
          [](profile& p) { p.wide.terms[0].weight = -1; }},
    fault{"wide.eras[1].from", [](profile& p) { p.wide.eras[1].from = ""; }},
    fault{"wide.eras[2].from",
          [](profile& p) {
            p.wide.eras.push_back({"2016-01-01", -5});
          }},
    fault{"wide.eras", [](profile& p) { p.wide.eras.clear(); }},
    fault{"wide.eras[0].intercept",
          [](profile& p) { p.wide.eras[0].intercept = -inf; }},
    fault{"wide.step_to_next", [](profile& p) { p.wide.step_to_next = -1; }},
    fault{"wide.card_at_ppm", [](profile& p) { p.wide.card_at_ppm = -1; }},
    fault{"even_share", [](profile& p) { p.even_share = 0.9; }},
    fault{"scale", [](profile& p) { p.scale = 0; }},
    fault{"techniques", [](profile& p) { p.method = method::technique_count; }},
    fault{"rows[1].lead_min", [](profile& p) {
            p.method = method::technique_count;
            p.techniques = {{column::head, 1}};
            p.rows = {{8, 1}, {3, 2}};
          }}));

TEST(profile, may_punish_what_failed_but_nothing_that_landed) {
  auto p = sample_profile();
  p.terms.push_back(
    {"fouls", {}, shape::difference, 0, -0.5, {{column::fouls, 1}}});
  EXPECT_TRUE(validate(p));
  p.terms.back().parts.push_back({column::head, 1});
  auto answer = validate(p);
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.reason().detail.find("fouls"), std::string::npos);
}

TEST(profile, names_the_offending_term) {
  auto p = sample_profile();
  p.terms[1].weight = -1;
  EXPECT_NE(validate(p).reason().detail.find("'strikes'"), std::string::npos);
}

} // namespace ringside::scoring
