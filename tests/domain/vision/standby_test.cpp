#include "domain/vision/intake/standby.hpp"

#include <gtest/gtest.h>

namespace ringside::intake {
namespace {

std::vector<fusion::report> reports(std::uint64_t first, std::size_t n) {
  std::vector<fusion::report> out(n);
  for (auto& r : out)
    r.seq = first++;
  return out;
}

TEST(standby, hands_on_the_last_seconds_marked_and_once) {
  standby s;
  s.begin();
  for (std::uint64_t i = 1; i <= 20; ++i)
    s.keep(reports(i, 1), {}, after({}, seconds(static_cast<int>(i))));
  auto kept = s.end(after({}, seconds(20)));
  ASSERT_EQ(kept.reports.size(), 7u) << "six seconds";
  EXPECT_EQ(kept.reports.front().seq, 14u);
  EXPECT_EQ(kept.reports.back().seq, 20u);
  for (const auto& r : kept.reports)
    EXPECT_TRUE(r.handed_over);
  EXPECT_EQ(s.dropped(), 13u);
  EXPECT_FALSE(s.on());
  EXPECT_TRUE(s.end(after({}, seconds(20))).reports.empty());
}

TEST(standby, is_bounded_and_counts_what_goes) {
  standby s;
  s.begin();
  s.keep(reports(1, standby::reports_max), {}, {});
  s.keep(reports(standby::reports_max + 1, 3), {}, {});
  EXPECT_EQ(s.reports(), standby::reports_max);
  EXPECT_EQ(s.dropped(), 3u);
  EXPECT_EQ(s.end({}).reports.front().seq, 4u) << "the oldest went";
}

TEST(standby, forgets_what_is_of_another_bout) {
  standby s;
  s.begin();
  s.keep(reports(1, 5), std::vector<analytics::event_report>(2), {});
  s.forget();
  EXPECT_TRUE(s.on());
  auto kept = s.end({});
  EXPECT_TRUE(kept.reports.empty() && kept.acts.empty());
}

} // namespace
} // namespace ringside::intake
