#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/vision/analytics/camera.hpp"
#include "domain/vision/analytics/consensus.hpp"
#include "domain/vision/analytics/damage.hpp"
#include "domain/vision/analytics/momentum.hpp"
#include "domain/vision/analytics/pace.hpp"
#include "domain/vision/fusion/report.hpp"
#include "domain/vision/intake/rate_meter.hpp"
#include "domain/vision/vendor/frame_mapper.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace ringside::intake {

/// What a camera's pictures gave.
struct sightings {
  /// Strikes, for the fusion; the index of the source is 0.
  std::vector<fusion::report> strikes;
  /// Knockdowns, takedowns, submissions, who got up; and, when they are over,
  /// stretches of control and clinches. The same number again with a higher
  /// revision says how it came out.
  std::vector<analytics::event_report> acts;
  /// Everything that was seen for the first time, and of whom: for whoever
  /// watches the labels.
  std::vector<std::pair<analytics::action, corner>> labels;
};

/// The analytics of a source that sends pictures, and what they add up to. A
/// plain value of a bounded size, so that it can be kept outside of the actor:
/// whoever goes on with it uses no number twice.
class camera_book {
public:
  /// Without a picture for so long, what runs ends.
  static constexpr std::int64_t still_us = 1'000'000;
  /// A number from the past this long after the last one: the camera's program
  /// was started anew and counts from the beginning.
  static constexpr std::int64_t started_over_us = 1'000'000;
  /// Votes for the position of the last batch, one each `vote_every_us`.
  static constexpr std::size_t votes_max = 64;
  static constexpr std::int64_t vote_every_us = 50'000;

  /// What is seen from now on is of this bout: meters begin anew.
  void watch(const bout_id& bout);

  /// A batch begins.
  void begin() {
    votes_.clear();
  }

  /// The next picture, on the server's timeline. @returns `invalid_value` for
  /// what is not after the last one (`out_of_order` in `field`) and for what
  /// no camera can have seen (`bad_picture`); it changes nothing.
  result<unit> take(analytics::frame f, const vendor::frame_mapper& how,
                    mono_us arrived, sightings& out);

  /// Ends what runs if no picture came for a while.
  void look(const vendor::frame_mapper& how, mono_us now, sightings& out);

  /// How it saw the position during the last batch.
  const std::vector<analytics::position_vote>& votes() const noexcept {
    return votes_;
  }

  /// Strikes a second, thousandths.
  std::int64_t strikes_milli(mono_us now) const noexcept {
    return strike_rate_.milli(now);
  }

  /// Counters, position, momentum, and of each corner pace, tempo, style,
  /// control and damage.
  json::object analytics_json() const;

private:
  struct meters {
    analytics::momentum_meter momentum;
    analytics::damage_meter damage;
    analytics::pace_meter pace;
    analytics::position_consensus position{analytics::consensus_settings{}};
    per_corner<std::int32_t> swings;
    per_corner<std::int32_t> rocked;
    std::optional<mono_us> since;
  };

  void pass_on(const vendor::frame_mapper& how, mono_us now, sightings& out);
  void count(const analytics::event_report& r);
  void vote(sightings& out);
  void add(const analytics::position_interval& i, sightings& out);
  std::int64_t length_us() const;
  json::object corner_json(corner c) const;

  bout_id bout_;
  analytics::camera camera_;
  meters meters_;
  rate_meter strike_rate_;
  /// What the analytics said last; empty but within a call.
  std::vector<analytics::event_report> said_;
  std::vector<analytics::position_vote> votes_;
  /// Added to the numbers of pictures.
  std::uint64_t base_ = 0;
  std::uint64_t last_seq_ = 0;
  std::optional<mono_us> last_at_;
  mono_us arrived_;
  std::uint64_t started_over_ = 0;
  std::uint64_t strikes_ = 0;
  std::uint64_t acts_ = 0;
  std::uint64_t intervals_ = 0;
  bool running_ = false;
};

/// A position as JSON; `holder` and `hold` only where there is one.
json::object position_json(const analytics::position& p);

} // namespace ringside::intake
