#pragma once

#include "app/config/load_scene.hpp"
#include "domain/vision/analytics/camera.hpp"
#include "domain/vision/analytics/consensus.hpp"
#include "domain/vision/analytics/scene_player.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ringside::analytics::test {

using reports = std::vector<event_report>;

/// A shipped scene; fails the test if it cannot be read.
scene shipped(const std::string& id);

/// Every picture that one camera of a scene delivers.
std::vector<frame> frames_of(const scene& s, std::size_t camera = 0);

/// The last revision of every report that a camera makes of pictures.
reports watch(const std::vector<frame>& frames, const settings& by = {});

/// The last revision of each report, in the order of their numbers.
reports latest(const reports& all);

/// What all cameras of a scene together say of the position.
std::vector<position_interval> positions(const scene& s);

/// How long `c` was in control.
std::int64_t control_us(const std::vector<position_interval>& in, corner c);

/// What was found of what happened, one to one in time.
struct found {
  int truth = 0;
  int told = 0;
  int hits = 0;
  /// Hits with the right class, of those the right target and landing.
  int named = 0;
  int aimed = 0;
  int landed = 0;
  /// Greatest and summed error in time, microseconds.
  std::int64_t worst_us = 0;
  std::int64_t sum_us = 0;

  int recall_permille() const {
    return truth == 0 ? 1'000 : hits * 1'000 / truth;
  }

  int precision_permille() const {
    return told == 0 ? 1'000 : hits * 1'000 / told;
  }
};

/// Compares the reports of a family with the script. A report is of an action
/// only if the same corner is credited with it.
found compare(const scene& s, const reports& got, family f);

/// The same scene with both corners exchanged in every picture.
std::vector<frame> mirrored(std::vector<frame> frames);
reports mirrored(reports in);

/// A picture at `ms`; fighters are there and show nothing.
frame blank(std::uint64_t seq, std::int64_t us);

/// Pictures at a rate, painted one by one.
std::vector<frame>
film(int fps, std::int64_t length_us,
     const std::function<void(frame&, std::int64_t us)>& paint);

/// A score that is there between two moments.
void show(frame& f, corner c, action a, std::int64_t from_us,
          std::int64_t to_us, int ppm = 900'000);

} // namespace ringside::analytics::test
