#include "domain/vision/analytics/damage.hpp"
#include "domain/vision/analytics/report_of.hpp"
#include "tests/domain/vision/analytics/scene_run.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

/// What holds for every stream, sense or nonsense.
namespace ringside::analytics::test {

namespace {

int any_ppm() {
  // Often nothing or everything, so that actions begin and end.
  auto kind = *rc::gen::inRange(0, 3);
  return kind == 0   ? 0
         : kind == 1 ? 1'000'000
                     : *rc::gen::inRange(0, 1'000'001);
}

fighter_view any_view() {
  fighter_view v;
  for (auto& s : v.score_ppm)
    s = any_ppm();
  v.impact = static_cast<impact_level>(*rc::gen::inRange(0, 5));
  if (*rc::gen::arbitrary<bool>())
    v.hold = static_cast<hold_kind>(*rc::gen::inRange(0, 2));
  if (*rc::gen::arbitrary<bool>()) {
    auto& s = v.skeleton.emplace();
    for (auto& k : s)
      k = {{*rc::gen::inRange(-2'000, 6'001), *rc::gen::inRange(-2'000, 6'001)},
           {any_ppm()}};
  }
  if (*rc::gen::arbitrary<bool>()) {
    v.box = box{{0, 0}, {*rc::gen::inRange(1, 6'001), 500}};
    v.motion = place{*rc::gen::inRange(-200'000, 200'001), 0};
  }
  return v;
}

/// Pictures that hold for a while, with holes and fighters who vanish.
std::vector<frame> any_stream() {
  std::vector<frame> out;
  std::int64_t us = *rc::gen::inRange(0, 1'000'000);
  std::uint64_t seq = 0;
  for (auto n = *rc::gen::inRange(1, 40); n > 0; --n) {
    per_corner<std::optional<fighter_view>> seen;
    for (auto c : both_corners)
      if (*rc::gen::inRange(0, 8) != 0)
        seen[c] = any_view();
    auto spacing = *rc::gen::element(8'000, 16'667, 33'333, 66'667, 700'000);
    for (auto m = *rc::gen::inRange(1, 12); m > 0; --m) {
      auto& f = out.emplace_back();
      f.seq = ++seq;
      f.at.count = us += spacing;
      f.view = {any_ppm()};
      f.fighters = seen;
    }
  }
  return out;
}

reports all_of(const std::vector<frame>& frames) {
  camera cam;
  reports out;
  for (const auto& f : frames)
    RC_ASSERT(static_cast<bool>(cam.take(f, out)));
  cam.flush(out);
  return out;
}

reports sorted(reports in) {
  for (auto& r : in)
    r.seq = 0;
  std::sort(in.begin(), in.end(), [](const auto& a, const auto& b) {
    return std::tie(a.at, a.by, a.what, a.rev, a.start)
           < std::tie(b.at, b.by, b.what, b.rev, b.start);
  });
  return in;
}

bool is_share(std::int32_t v) {
  return v >= 0 && v <= 1'000'000;
}

} // namespace

RC_GTEST_PROP(camera_property, every_report_is_sound, ()) {
  auto frames = any_stream();
  std::map<std::uint64_t, event_report> last;
  for (const auto& r : all_of(frames)) {
    std::int64_t sum = 0;
    for (auto share : r.label_ppm) {
      RC_ASSERT(is_share(share));
      sum += share;
    }
    RC_ASSERT(sum == 1'000'000);
    RC_ASSERT(*std::max_element(r.label_ppm.begin(), r.label_ppm.end())
              == r.label_ppm[index(r.what)]);
    RC_ASSERT(is_share(r.conf.count));
    RC_ASSERT(is_share(r.severity.count));
    RC_ASSERT(is_share(r.view.count));
    RC_ASSERT(r.start <= r.at && r.at <= r.end);
    RC_ASSERT(frames.front().at <= r.start && r.end <= frames.back().at);
    RC_ASSERT(r.tier.has_value() == (r.what == action::knockdown));
    auto before = last.find(r.seq);
    if (before == last.end()) {
      RC_ASSERT(r.rev == 1u);
    } else {
      RC_ASSERT(r.rev == before->second.rev + 1);
      RC_ASSERT(!before->second.final);
      RC_ASSERT(before->second.by == r.by);
      RC_ASSERT(before->second.at == r.at);
    }
    last.insert_or_assign(r.seq, r);
  }
  std::uint64_t next = 1;
  for (const auto& [seq, r] : last)
    RC_ASSERT(seq == next++ && r.final);
}

RC_GTEST_PROP(camera_property, exchanged_corners_mirror_the_reports, ()) {
  auto frames = any_stream();
  RC_ASSERT(sorted(mirrored(all_of(frames)))
            == sorted(all_of(mirrored(frames))));
}

RC_GTEST_PROP(camera_property, a_later_stream_gives_later_reports, ()) {
  auto frames = any_stream();
  std::int64_t shift = *rc::gen::inRange(1, 1'000'000'000);
  auto expected = all_of(frames);
  for (auto& r : expected)
    for (auto* t : {&r.at, &r.start, &r.end})
      t->count += shift;
  for (auto& f : frames)
    f.at.count += shift;
  RC_ASSERT(all_of(frames) == expected);
}

RC_GTEST_PROP(camera_property, two_of_a_class_are_apart, ()) {
  settings by;
  std::map<std::pair<corner, family>, mono_us> last;
  auto got = all_of(any_stream());
  std::erase_if(got, [](const auto& r) { return r.rev > 1; });
  std::sort(got.begin(), got.end(),
            [](const auto& a, const auto& b) { return a.at < b.at; });
  auto least = *std::min_element(by.refractory_us.begin(),
                                 by.refractory_us.begin() + strike_count);
  for (const auto& r : got) {
    auto f = *family_of(r.what);
    auto key = std::pair{r.by, f};
    if (auto before = last.find(key); before != last.end())
      RC_ASSERT(
        elapsed(before->second, r.at).count
        >= (f == family::strike ? least : by.refractory_us[index(r.what)]));
    last.insert_or_assign(key, r.at);
  }
}

RC_GTEST_PROP(tier_property, is_monotone, ()) {
  ppm cause{*rc::gen::inRange(0, 1'000'001)};
  ppm harder{*rc::gen::inRange(cause.count, 1'000'001)};
  std::int64_t down = *rc::gen::inRange(0, 6'000'000);
  std::int64_t longer = *rc::gen::inRange(down, std::int64_t{6'000'001});
  RC_ASSERT(tier_of(cause, down) <= tier_of(harder, down));
  RC_ASSERT(tier_of(cause, down) <= tier_of(cause, longer));
}

RC_GTEST_PROP(damage_property, each_fighter_takes_what_the_other_does, ()) {
  damage_meter d;
  per_corner<std::int64_t> dealt;
  std::int64_t at = 0;
  for (auto n = *rc::gen::inRange(0, 60); n > 0; --n) {
    act a;
    a.at.count = at += *rc::gen::inRange(-200'000, 2'000'000);
    a.by = *rc::gen::arbitrary<bool>() ? corner::red : corner::blue;
    a.what = static_cast<action>(*rc::gen::inRange(0, 8));
    a.landed = *rc::gen::arbitrary<bool>();
    a.severity = {any_ppm()};
    if (a.what == action::knockdown)
      a.tier = static_cast<knockdown_tier>(*rc::gen::inRange(0, 3));
    if (auto hurt = d.take(a))
      RC_ASSERT(hurt->by == a.by);
    dealt[a.by] += damage_of(a);
  }
  for (auto c : both_corners)
    RC_ASSERT(d.taken_ppm(opponent(c)) == dealt[c]);
}

RC_GTEST_PROP(consensus_property, intervals_are_whole_and_never_flicker, ()) {
  position_consensus all;
  std::vector<position_interval> out;
  std::int64_t us = 0;
  std::array<std::int64_t, 3> last{};
  for (auto n = *rc::gen::inRange(1, 300); n > 0; --n) {
    us += *rc::gen::inRange(0, 400'000);
    auto camera = static_cast<std::size_t>(*rc::gen::inRange(0, 3));
    auto back = *rc::gen::inRange(0, 50'000);
    position_vote vote;
    vote.at.count = last[camera] = std::max(last[camera], us - back);
    vote.view = {any_ppm()};
    vote.position = {static_cast<phase_kind>(*rc::gen::inRange(0, 3)),
                     *rc::gen::arbitrary<bool>() ? corner::red : corner::blue,
                     static_cast<hold_kind>(*rc::gen::inRange(0, 2))};
    auto took = all.take(camera, vote);
    RC_ASSERT(static_cast<bool>(took));
    if (*took)
      out.push_back(**took);
  }
  if (auto rest = all.finish({us}))
    out.push_back(*rest);
  for (std::size_t i = 1; i < out.size(); ++i) {
    RC_ASSERT(out[i].start == out[i - 1].end);
    RC_ASSERT(out[i].start <= out[i].end);
    RC_ASSERT(out[i].position != out[i - 1].position);
  }
}

} // namespace ringside::analytics::test
