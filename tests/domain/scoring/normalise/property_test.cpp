#include "domain/scoring/normalise/round_caps.hpp"
#include "tests/domain/scoring/normalise/profiles.hpp"

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace ringside::scoring::normalise::test {

namespace {

std::int32_t any_ppm() {
  return *rc::gen::inRange(0, 1'000'001);
}

report any_report() {
  auto what = static_cast<act>(*rc::gen::inRange(0, int{act_count}));
  auto who = *rc::gen::arbitrary<bool>() ? corner::red : corner::blue;
  auto r = report_of(what, any_ppm(), any_ppm(), who);
  if (what == act::control)
    r.lasted = round_ms{*rc::gen::inRange(0, 400'000)};
  return r;
}

std::vector<report> any_reports() {
  std::vector<report> out;
  for (auto n = *rc::gen::inRange(0, 60); n > 0; --n)
    out.push_back(any_report());
  return out;
}

/// The default with caps low enough to bite.
const std::shared_ptr<const profile>& by() {
  static const auto p = [] {
    auto low = *shipped("normalise_default");
    low.cap_ppm = {800'000, 600'000, 20'000, 0};
    return std::make_shared<const profile>(low);
  }();
  return p;
}

round_caps fresh() {
  return round_caps{bout_id{"b1"}, 1, by()};
}

weighed weigh(const report& r) {
  auto got = fresh().weigh(r);
  RC_ASSERT(static_cast<bool>(got));
  return *got;
}

using totals = per_corner<std::array<std::int64_t, category_count>>;

totals totals_of(const std::vector<report>& reports) {
  auto caps = fresh();
  for (const auto& r : reports)
    RC_ASSERT(static_cast<bool>(caps.weigh(r)));
  totals out;
  for (auto c : both_corners)
    for (std::size_t i = 0; i < category_count; ++i)
      out[c][i] = caps.used_ppm(c, static_cast<category>(i));
  return out;
}

} // namespace

RC_GTEST_PROP(normalise_property, a_weight_is_within_zero_and_one, ()) {
  auto got = weigh(any_report());
  RC_ASSERT(got.weight.count >= 0 && got.weight.count <= 1'000'000);
  RC_ASSERT(got.counted <= got.weight && got.counted.count >= 0);
}

RC_GTEST_PROP(normalise_property, more_never_weighs_less, ()) {
  auto r = any_report();
  auto s = r;
  s.severity = {*rc::gen::inRange(r.severity.count, 1'000'001)};
  s.confidence = {*rc::gen::inRange(r.confidence.count, 1'000'001)};
  RC_ASSERT(weigh(r).weight <= weigh(s).weight);
}

RC_GTEST_PROP(normalise_property, a_little_more_weighs_a_little_more, ()) {
  auto r = any_report();
  r.severity.count = std::min(r.severity.count, 999'000);
  r.confidence.count = std::min(r.confidence.count, 999'000);
  auto s = r;
  s.severity.count += 1'000;
  s.confidence.count += 1'000;
  // A thousandth of each: slopes of at most one, weights of at most one.
  RC_ASSERT(weigh(s).weight.count - weigh(r).weight.count <= 2'500);
}

RC_GTEST_PROP(normalise_property, totals_do_not_depend_on_the_order, ()) {
  auto reports = any_reports();
  auto before = totals_of(reports);
  for (auto i = reports.size(); i > 1; --i)
    std::swap(reports[i - 1], reports[*rc::gen::inRange<std::size_t>(0, i)]);
  RC_ASSERT(totals_of(reports) == before);
}

RC_GTEST_PROP(normalise_property, exchanged_corners_exchange_totals, ()) {
  auto reports = any_reports();
  auto plain = totals_of(reports);
  for (auto& r : reports)
    r.corner = opponent(r.corner);
  auto other = totals_of(reports);
  RC_ASSERT(plain.red == other.blue && plain.blue == other.red);
}

RC_GTEST_PROP(normalise_property, case_31_the_other_fighter_changes_nothing,
              ()) {
  auto reports = any_reports();
  auto both = totals_of(reports);
  std::erase_if(reports,
                [](const report& r) { return r.corner == corner::blue; });
  RC_ASSERT(totals_of(reports).red == both.red);
}

RC_GTEST_PROP(normalise_property, a_total_is_the_sum_or_the_cap, ()) {
  auto reports = any_reports();
  totals sums;
  for (const auto& r : reports) {
    auto got = weigh(r);
    sums[r.corner][static_cast<std::size_t>(got.category)] += got.weight.count;
  }
  for (auto c : both_corners)
    for (std::size_t i = 0; i < category_count; ++i)
      sums[c][i] = std::min(sums[c][i], by()->cap_ppm[i]);
  RC_ASSERT(totals_of(reports) == sums);
}

} // namespace ringside::scoring::normalise::test
