#include "tests/domain/vision/analytics/scene_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace ringside::analytics::test {

scene shipped(const std::string& id) {
  auto file = config::load_scene(config::default_scene_dir() / (id + ".yaml"));
  if (!file) {
    ADD_FAILURE() << file.reason().detail;
    return {};
  }
  return file->scene;
}

std::vector<frame> frames_of(const scene& s, std::size_t camera) {
  std::vector<frame> out;
  scene_player player{s, camera};
  while (auto f = player.next())
    out.push_back(*f);
  return out;
}

reports latest(const reports& all) {
  std::map<std::uint64_t, event_report> by_seq;
  for (const auto& r : all) {
    auto [at, fresh] = by_seq.try_emplace(r.seq, r);
    if (fresh)
      continue;
    EXPECT_EQ(r.rev, at->second.rev + 1);
    EXPECT_FALSE(at->second.final);
    at->second = r;
  }
  reports out;
  for (const auto& [seq, r] : by_seq) {
    EXPECT_TRUE(r.final) << seq;
    out.push_back(r);
  }
  return out;
}

reports watch(const std::vector<frame>& frames, const settings& by) {
  camera cam{by};
  reports all;
  for (const auto& f : frames) {
    auto took = cam.take(f, all);
    if (!took)
      ADD_FAILURE() << took.reason().detail;
  }
  cam.flush(all);
  return latest(all);
}

std::vector<position_interval> positions(const scene& s) {
  std::vector<scene_player> players;
  std::vector<camera> cameras(s.cameras.size());
  std::vector<std::optional<frame>> due;
  for (std::size_t i = 0; i < s.cameras.size(); ++i)
    due.push_back(players.emplace_back(s, i).next());
  position_consensus all;
  std::vector<position_interval> out;
  auto add = [&](std::optional<position_interval> i) {
    if (i)
      out.push_back(*i);
  };
  reports ignored;
  while (true) {
    std::size_t next = due.size();
    for (std::size_t i = 0; i < due.size(); ++i)
      if (due[i] && (next == due.size() || due[i]->at < due[next]->at))
        next = i;
    if (next == due.size())
      break;
    EXPECT_TRUE(bool{cameras[next].take(*due[next], ignored)});
    if (auto vote = cameras[next].vote()) {
      auto said = all.take(next, *vote);
      EXPECT_TRUE(bool{said});
      if (said)
        add(*said);
    }
    due[next] = players[next].next();
  }
  add(all.finish({s.length_us}));
  return out;
}

std::int64_t control_us(const std::vector<position_interval>& in, corner c) {
  std::int64_t sum = 0;
  for (const auto& i : in)
    if (i.position.phase == phase_kind::hold && i.position.holder == c)
      sum += elapsed(i.start, i.end).count;
  return sum;
}

found compare(const scene& s, const reports& got, family f) {
  found out;
  std::vector<scene_action> truth;
  for (const auto& a : s.actions) {
    if (family_of(a.what) == f)
      truth.push_back(a);
    // Whoever was knocked down gets up again.
    if (f == family::standup && a.what == action::knockdown && a.down_us > 0)
      truth.push_back({a.at_us + a.down_us, opponent(a.by), action::standup});
  }
  out.truth = static_cast<int>(truth.size());
  std::vector<bool> used(truth.size());
  std::int64_t gate = f == family::strike ? 150'000 : 800'000;
  for (const auto& r : got) {
    if (family_of(r.what) != f)
      continue;
    ++out.told;
    std::size_t best = truth.size();
    for (std::size_t i = 0; i < truth.size(); ++i) {
      auto off = std::abs(r.at.count - truth[i].at_us);
      if (!used[i] && truth[i].by == r.by && off <= gate
          && (best == truth.size()
              || off < std::abs(r.at.count - truth[best].at_us)))
        best = i;
    }
    if (best == truth.size())
      continue;
    used[best] = true;
    ++out.hits;
    out.named += truth[best].what == r.what ? 1 : 0;
    out.aimed += truth[best].target == r.target ? 1 : 0;
    out.landed += (truth[best].impact != impact_level::none) == r.landed;
    auto off = std::abs(r.at.count - truth[best].at_us);
    out.worst_us = std::max(out.worst_us, off);
    out.sum_us += off;
  }
  return out;
}

std::vector<frame> mirrored(std::vector<frame> frames) {
  for (auto& f : frames)
    std::swap(f.fighters.red, f.fighters.blue);
  return frames;
}

reports mirrored(reports in) {
  for (auto& r : in)
    r.by = opponent(r.by);
  return in;
}

frame blank(std::uint64_t seq, std::int64_t us) {
  frame f;
  f.seq = seq;
  f.at.count = us;
  f.fighters = {fighter_view{}, fighter_view{}};
  return f;
}

std::vector<frame>
film(int fps, std::int64_t length_us,
     const std::function<void(frame&, std::int64_t us)>& paint) {
  std::vector<frame> out;
  for (std::int64_t i = 0; i * 1'000'000 / fps < length_us; ++i) {
    auto us = i * 1'000'000 / fps;
    auto& f = out.emplace_back(blank(static_cast<std::uint64_t>(i) + 1, us));
    paint(f, us);
  }
  return out;
}

void show(frame& f, corner c, action a, std::int64_t from_us,
          std::int64_t to_us, int ppm) {
  if (f.at.count >= from_us && f.at.count < to_us)
    f.fighters[c]->score_ppm[index(a)] = ppm;
}

} // namespace ringside::analytics::test
