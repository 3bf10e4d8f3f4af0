#include "domain/vision/acts/act_book.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace ringside::acts {
namespace {

using analytics::action;
using analytics::event_report;
using analytics::knockdown_tier;

constexpr std::int64_t ms_us = 1'000;

event_report report(action what, corner by, std::int64_t start_ms,
                    std::uint64_t seq = 1) {
  event_report r;
  r.seq = seq;
  r.what = what;
  r.by = by;
  r.start = {start_ms * ms_us};
  r.end = {(start_ms + 400) * ms_us};
  r.conf = {800'000};
  return r;
}

bout::event logged(bout::event_no no, bout::fact what, std::int64_t at_ms) {
  return {no,
          {role::operator_, "o1"},
          {at_ms * ms_us},
          bout::fact_logged{std::move(what), 1, {at_ms}, 0}};
}

TEST(acts, what_several_cameras_saw_is_one_prompt) {
  act_book b;
  b.take("source/s1", report(action::knockdown, corner::red, 10'000));
  b.take("source/s2", report(action::knockdown, corner::red, 10'480));
  b.take("source/s3", report(action::knockdown, corner::blue, 10'100));
  b.take("source/s2", report(action::takedown, corner::red, 10'100, 2));
  ASSERT_EQ(b.prompts().size(), 3u);
  EXPECT_EQ(b.prompts()[0].seen.size(), 2u);
  EXPECT_EQ(b.prompts()[0].at().count, 10'000 * ms_us);
  // One camera does not see the same act twice.
  b.take("source/s1", report(action::knockdown, corner::red, 10'300, 9));
  EXPECT_EQ(b.prompts().size(), 4u);
}

TEST(acts, a_revision_replaces_what_was_said) {
  act_book b;
  auto r = report(action::knockdown, corner::red, 10'000);
  r.final = false;
  b.take("source/s1", r);
  EXPECT_EQ(b.prompts()[0].tier(), std::nullopt);
  r.rev = 2;
  r.final = true;
  r.tier = knockdown_tier::hard;
  b.take("source/s1", r);
  ASSERT_EQ(b.prompts().size(), 1u);
  EXPECT_EQ(b.prompts()[0].seen.size(), 1u);
  EXPECT_EQ(b.prompts()[0].tier(), knockdown_tier::hard);
  EXPECT_EQ(*b.to_json()["sightings"].as_int(), 1);
}

TEST(acts, an_official_confirms_and_takes_back) {
  act_book b;
  b.take("source/s1", report(action::knockdown, corner::red, 10'000));
  const auto& p = b.prompts()[0];
  b.take(logged(7, bout::knockdown{corner::blue, "flash"}, 10'500));
  b.take(logged(8, bout::takedown{corner::red, true}, 10'500));
  b.take(logged(9, bout::knockdown{corner::red, "flash"}, 13'500));
  EXPECT_FALSE(b.logged(p)) << "another corner, another act, too late";
  b.take(logged(10, bout::knockdown{corner::red, "flash"}, 12'000));
  EXPECT_EQ(b.logged(p), 10u);
  bout::event corrected{
    11,
    {role::supervisor, "s1"},
    {60'000 * ms_us},
    bout::fact_replaced{
      10, bout::knockdown{corner::red, "hard"}, 1, {12'000}, "seen again"}};
  b.take(corrected);
  EXPECT_EQ(b.logged(p), 11u) << "it keeps its time";
  b.take(bout::event{12,
                     {role::supervisor, "s1"},
                     {61'000 * ms_us},
                     bout::event_retracted{11, "a slip"}});
  EXPECT_FALSE(b.logged(p));
}

TEST(acts, says_once_that_something_is_new) {
  act_book b;
  EXPECT_FALSE(b.take_news());
  b.take("source/s1", report(action::standup, corner::red, 1'000));
  EXPECT_FALSE(b.take_news()) << "nobody is prompted for that";
  b.take("source/s1", report(action::takedown, corner::red, 1'000, 2));
  EXPECT_TRUE(b.take_news());
  EXPECT_FALSE(b.take_news());
  b.take(logged(3, bout::strike{}, 1'000));
  EXPECT_FALSE(b.take_news());
}

TEST(acts, keeps_the_latest_only) {
  act_book b;
  for (std::uint64_t n = 1; n <= 100; ++n)
    b.take("source/s1", report(action::takedown, corner::red,
                               static_cast<std::int64_t>(n) * 5'000, n));
  EXPECT_EQ(b.prompts().size(), act_book::kept_max);
  EXPECT_EQ(b.prompts().back().at().count, 500'000 * ms_us);
}

TEST(acts, control_is_the_union_of_what_cameras_saw) {
  act_book b;
  auto hold = [&](const char* source, std::int64_t from, std::int64_t to) {
    auto r = report(action::ground_control, corner::red, from);
    r.end = {to * ms_us};
    b.take(source, r);
  };
  hold("source/s1", 1'000, 5'000);
  hold("source/s2", 2'000, 6'000);
  EXPECT_EQ(b.control_ms(corner::red), 5'000);
  hold("source/s1", 6'699, 8'000);
  EXPECT_EQ(b.control_ms(corner::red), 7'000) << "a short gap is none";
  hold("source/s2", 8'700, 9'000);
  EXPECT_EQ(b.control_ms(corner::red), 7'300);
  EXPECT_EQ(b.control_ms(corner::blue), 0);
}

/// In whatever order they came: the length by the definition, sorted.
RC_GTEST_PROP(acts, the_union_is_that_of_the_definition, ()) {
  interval_union u;
  auto n = *rc::gen::inRange(0, 30);
  std::vector<std::pair<std::int64_t, std::int64_t>> all;
  for (int i = 0; i < n; ++i) {
    auto start = *rc::gen::inRange<std::int64_t>(0, 20'000);
    auto end = start + *rc::gen::inRange<std::int64_t>(0, 3'000);
    all.emplace_back(start, end);
    u.add({start * ms_us}, {end * ms_us});
  }
  std::sort(all.begin(), all.end());
  std::int64_t length = 0;
  std::optional<std::int64_t> reached;
  for (auto [start, end] : all) {
    if (!reached || start >= *reached + 700)
      length += end - start;
    else if (end > *reached)
      length += end - *reached;
    reached = reached ? std::max(*reached, end) : end;
  }
  RC_ASSERT(u.length_us() == length * ms_us);
}

} // namespace
} // namespace ringside::acts
