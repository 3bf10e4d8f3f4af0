#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "domain/vision/fusion/report.hpp"
#include "domain/vision/fusion/seq_window.hpp"
#include "domain/vision/intake/backlog.hpp"
#include "domain/vision/intake/batch.hpp"
#include "domain/vision/intake/camera_book.hpp"
#include "domain/vision/intake/label_watch.hpp"
#include "domain/vision/intake/rate_watch.hpp"
#include "domain/vision/intake/source_fact.hpp"
#include "domain/vision/intake/standby.hpp"
#include "domain/vision/vendor/label_counts.hpp"
#include "domain/vision/vendor/mapper.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::intake {

/// Why a source is not listened to.
enum class quarantine : std::uint8_t { none, flood, labels };

struct source_counters {
  std::uint64_t batches = 0;
  std::uint64_t repeated = 0;
  /// Batches that never came, so far.
  std::uint64_t missing = 0;
  std::uint64_t late = 0;
  std::uint64_t turned_away = 0;
  std::uint64_t items = 0;
  std::uint64_t taken = 0;
  /// Known labels that are no strikes.
  std::uint64_t no_strikes = 0;
  std::uint64_t refused = 0;
  /// Read, but not passed on because of the quarantine.
  std::uint64_t held_back = 0;
  std::uint64_t quarantines = 0;
  std::uint64_t heartbeats = 0;
  /// Batches of pictures that workers looked at, and those nobody could.
  std::uint64_t worked = 0;
  std::uint64_t dead_letters = 0;

  friend bool operator==(const source_counters&, const source_counters&)
    = default;
};

/// What comes of a batch.
struct intake_result {
  /// The answer as a JSON object: `source_id, seq, taken, no_strikes, refused,
  /// credit` and `quarantine`. A batch that comes again gets the same bytes.
  /// Of pictures, `taken` counts those, `strikes` and `acts` what they gave.
  std::string answer;
  /// On the server's timeline, with numbers; the index of the source is 0.
  std::vector<fusion::report> reports;
  /// The batch was here before; `reports` is empty.
  bool repeated = false;
  /// What pictures showed that is no strike.
  std::vector<analytics::event_report> acts;
};

/// Everything one source is known by at run time: which batches were here and
/// what was answered, credit, quarantine, counters. A plain value, so that it
/// can be kept outside of the actor and survive it. Bounded: 16 answers, 1024
/// batch numbers, 32 names of unknown labels, the analytics of one camera, 64
/// batches of pictures for workers, what `standby` keeps.
class source_book {
public:
  static constexpr std::size_t answers_max = 16;
  /// Reports older than this when they arrive, or later than now by the other,
  /// are no detections of this bout.
  static constexpr std::int64_t age_max_us = 60'000'000;
  static constexpr std::int64_t ahead_max_us = 500'000;

  explicit source_book(int rate_hz = 1) : credit_(rate_hz), flood_(rate_hz) {
    // nop
  }

  /// Reads a batch; one of pictures is kept for the workers, and its answer has
  /// `queued` and `waiting`, too. Refuses as a whole, without a trace but
  /// counters, what is beyond the credit or the backlog (`rate_limited`), has
  /// too many items (`too_large`), no number (`invalid_value`) or, of pictures,
  /// keys that are not ours (`malformed`): the same batch may come again later.
  result<intake_result> take(const source_fact& fact, const vendor::mapper& how,
                             const batch& what);

  /// What became of a batch of pictures. False: it is not waited for.
  bool finish(std::uint64_t seq, work_outcome what) {
    return backlog_.finish(seq, std::move(what));
  }

  /// Reads what workers made of the next batch, in the order of the batches
  /// and once; without an answer. Nothing: the next one is not finished.
  std::optional<intake_result>
  read_worked(const source_fact& fact, const vendor::mapper& how, mono_us now);

  /// Pictures that workers are to look at, or have, behind unfinished ones.
  const backlog& unfinished() const noexcept {
    return backlog_;
  }

  /// A life sign. @param in_view It sees the fighters.
  void beat(mono_us now, bool in_view);

  /// Looks at the time: ends a quarantine that is over.
  void look(mono_us now);

  /// Of a source of pictures: what is over because none came for a while.
  /// Empty while it is held.
  sightings look_at_pictures(const vendor::mapper& how, mono_us now);

  /// What it may send now.
  std::int64_t credit_left(mono_us now) {
    return credit_.left(now);
  }

  const source_counters& counters() const noexcept {
    return counters_;
  }

  quarantine held() const noexcept {
    return held_;
  }

  /// Reports a second now.
  std::int64_t rate() const noexcept {
    return flood_.rate();
  }

  /// The last sign of life; nothing if there was none.
  std::optional<mono_us> heard() const noexcept {
    return heard_;
  }

  bool in_view() const noexcept {
    return in_view_;
  }

  std::uint64_t newest() const noexcept {
    return newest_;
  }

  /// From the strike to here, smoothed over about sixteen reports, and the
  /// worst. Microseconds.
  std::int64_t latency_us() const noexcept {
    return latency_us_;
  }
  std::int64_t latency_max_us() const noexcept {
    return latency_max_us_;
  }

  /// Bound of the last report's time.
  std::int64_t clock_err_us() const noexcept {
    return clock_err_us_;
  }

  /// Its own confidence, smoothed; negative if it never gave one.
  std::int32_t confidence_ppm() const noexcept {
    return confidence_ppm_;
  }

  const vendor::label_counts& unknown_labels() const noexcept {
    return unknown_labels_;
  }

  /// Nothing: no picture came so far.
  const std::optional<camera_book>& pictures() const noexcept {
    return pictures_;
  }

  /// On standby it is read and counted as ever; the caller keeps here what it
  /// does not pass on.
  intake::standby& standby() noexcept {
    return standby_;
  }
  const intake::standby& standby() const noexcept {
    return standby_;
  }

  /// Items a second, thousandths.
  std::int64_t items_milli(mono_us now) const noexcept {
    return item_rate_.milli(now);
  }

  /// Refused items by reason.
  const vendor::label_counts& refusals() const noexcept {
    return refusals_;
  }

private:
  struct answered {
    std::uint64_t seq = 0;
    std::string text;
  };

  struct reading {
    intake_result out;
    json::array refused;
    std::int64_t no_strikes = 0;
    /// Kept for workers; negative: it was read here.
    std::int64_t queued = -1;
    /// Pictures that were taken, and the first half of one.
    std::int64_t pictures = 0;
    std::optional<analytics::frame> half;
    std::size_t half_index = 0;
  };

  const std::string* earlier(std::uint64_t seq) const;
  void note_number(std::uint64_t seq);
  /// Why this batch is answered without being read.
  std::optional<result<intake_result>> shut_to(const source_fact& fact,
                                               const batch& what);
  /// Keeps it for the workers (source_work.cpp).
  void queue(const batch& what, reading& to);
  /// Reads all of it; of a source that is held nothing goes on.
  void read_items(const source_fact& fact, const vendor::mapper& how,
                  const batch& what, reading& to);
  void read_item(const vendor::mapper& how, const batch& what,
                 std::size_t index, reading& to);
  void refuse_item(std::size_t index, std::string_view code,
                   const std::string& said, reading& to);
  void measure(mono_us at, std::int32_t err_us, bool in_view, mono_us arrived);
  void believe(const fusion::report& r);

  // -- pictures (source_pictures.cpp) -----------------------------------------

  void read_pictures(const source_fact& fact, const vendor::mapper& how,
                     const batch& what, reading& to);
  void read_picture(const vendor::mapper& how, const batch& what,
                    std::size_t index, reading& to);
  /// Two items of one picture are one; the first waits for the second.
  void join(const vendor::mapper& how, const batch& what, std::size_t index,
            const analytics::frame& f, reading& to);
  void take_picture(const vendor::mapper& how, const batch& what,
                    std::size_t index, const analytics::frame& f, reading& to);
  void add_sightings(const sightings& seen, mono_us now, reading& to);
  void hold(quarantine why, mono_us now);
  std::string answer_of(const source_fact& fact, const batch& what,
                        reading& done);

  credit credit_;
  flood_watch flood_;
  label_watch labels_;
  fusion::seq_window seen_;
  std::uint64_t newest_ = 0;
  std::deque<answered> answers_;
  backlog backlog_;
  source_counters counters_;
  quarantine held_ = quarantine::none;
  mono_us held_since_;
  std::optional<mono_us> heard_;
  bool in_view_ = true;
  std::int64_t latency_us_ = 0;
  std::int64_t latency_max_us_ = 0;
  std::int64_t clock_err_us_ = 0;
  std::int32_t confidence_ppm_ = -1;
  vendor::label_counts unknown_labels_;
  vendor::label_counts refusals_;
  rate_meter item_rate_;
  std::optional<camera_book> pictures_;
  intake::standby standby_;
};

/// Puts a time on the server's timeline, or says by a code why it has no place
/// there.
std::string_view place(const vendor::mapper& how, const batch& what,
                       mono_us& at, std::int32_t& err_us);

} // namespace ringside::intake

template <>
struct ringside::enum_names<ringside::intake::quarantine> {
  static constexpr std::array<std::string_view, 3> value{"none", "flood",
                                                         "labels"};
};
