#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

#include <malloc.h>

#include <algorithm>

namespace ringside::fusion {
namespace {

// A sanitizer's allocator does not tell.
bool heap_is_measured() {
  auto before = mallinfo2().uordblks;
  std::vector<char> some(100'000);
  some.back() = 1;
  return mallinfo2().uordblks - before >= some.size();
}

TEST(memory_test, is_flat_over_an_hour_of_fight_time) {
  if (!heap_is_measured())
    GTEST_SKIP() << "this allocator does not tell how much is in use";
  auto fight = make_fight(usual_fight(41, 3'600));
  auto through = test::usual_harmonizer();
  std::vector<fused_event> out;
  auto report = fight.reports.begin();
  auto beat = fight.beats.begin();
  std::size_t early = 0;
  std::size_t later = 0;
  std::size_t undecided = 0;
  for (mono_us now; now < fight.end; now = after(now, milliseconds(50))) {
    for (; beat != fight.beats.end() && beat->at <= now; ++beat)
      through->beat(beat->what);
    for (; report != fight.reports.end() && report->at <= now; ++report)
      through->take(report->what);
    through->advance(now, out);
    undecided = std::max(undecided, through->undecided());
    out = {};
    auto& most = now < after(mono_us{}, seconds(600)) ? early : later;
    most = std::max<std::size_t>(most, mallinfo2().uordblks);
  }
  EXPECT_GT(through->counters().taken, 15'000u);
  EXPECT_LT(undecided, block_reports_max);
  EXPECT_LT(later, early + 64 * 1024);
}

} // namespace
} // namespace ringside::fusion
