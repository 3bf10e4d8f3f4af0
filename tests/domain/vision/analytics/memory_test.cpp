#include "domain/vision/analytics/camera.hpp"
#include "domain/vision/analytics/consensus.hpp"
#include "domain/vision/analytics/damage.hpp"
#include "domain/vision/analytics/momentum.hpp"
#include "domain/vision/analytics/pace.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

namespace {

std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t n) {
  ++allocations;
  if (auto* p = std::malloc(n))
    return p;
  throw std::bad_alloc{};
}

void operator delete(void* p) noexcept {
  std::free(p);
}

void operator delete(void* p, std::size_t) noexcept {
  std::free(p);
}

namespace ringside::analytics::test {

TEST(memory, is_flat_over_an_hour) {
  camera cam;
  position_consensus all;
  momentum_meter momentum;
  damage_meter damage;
  pace_meter pace;
  std::vector<event_report> out;
  out.reserve(64);
  constexpr int fps = 60;
  constexpr std::int64_t frames = 3'600 * fps;
  std::size_t before = 0;
  std::uint64_t told = 0;
  for (std::int64_t i = 0; i < frames; ++i) {
    frame f;
    f.seq = static_cast<std::uint64_t>(i) + 1;
    f.at.count = i * 1'000'000 / fps;
    f.fighters = {fighter_view{}, fighter_view{}};
    auto c = i / 300 % 2 == 0 ? corner::red : corner::blue;
    auto on = i % 40 < 10;
    f.fighters[c]->score_ppm[static_cast<std::size_t>(i / 40 % 10)]
      = on ? 900'000 : 0;
    f.fighters[c]->impact = on ? impact_level::heavy : impact_level::none;
    f.fighters[c]->skeleton.emplace();
    out.clear();
    if (!cam.take(f, out) || !all.take(0, *cam.vote()))
      FAIL();
    for (const auto& r : out) {
      ++told;
      if (auto a = act_of(r)) {
        momentum.take(*a);
        damage.take(*a);
        pace.take(*a);
      }
    }
    if (i == 600)
      before = allocations;
  }
  EXPECT_EQ(allocations, before);
  EXPECT_GT(told, 1'000u);
  EXPECT_LT(sizeof(camera), 20'000u);
}

} // namespace ringside::analytics::test
