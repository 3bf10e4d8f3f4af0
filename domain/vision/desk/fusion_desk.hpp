#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "domain/bout/event.hpp"
#include "domain/bout/state.hpp"
#include "domain/vision/desk/fused_entry.hpp"
#include "domain/vision/fusion/harmonizer.hpp"
#include "domain/vision/fusion/plan.hpp"
#include "domain/vision/intake/source_fact.hpp"
#include "domain/vision/trust/tally.hpp"
#include "domain/vision/trust/trust_entry.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The fusion of one bout as people see it.
namespace ringside::desk {

/// Places in the table of a bout; it is frozen while the bout runs, so there
/// are free ones for sources that come later. An empty place says nothing.
inline constexpr std::size_t camera_places = 16;
inline constexpr std::size_t human_places = 8;
/// Fused events that are kept for whoever asks.
inline constexpr std::size_t events_kept = 128;

struct desk_counters {
  std::uint64_t provisional = 0;
  std::uint64_t final_ = 0;
  std::uint64_t withdrawn = 0;
  /// Revisions of final events: late evidence.
  std::uint64_t revised = 0;
  /// Reports of sources for which there was no place.
  std::uint64_t no_place = 0;
  /// Sources that began to count from 1 again: a restart of the node.
  std::uint64_t started_over = 0;
};

/// What the sources of a bout report and its operators log, fused. Takes part
/// in no official's score. Bounded as the harmonizer is.
class fusion_desk {
public:
  /// Refuses a plan without the source kinds `camera` and `operator`, and one
  /// that no harmonizer works with.
  static result<fusion_desk> make(const fusion::fusion_plan& plan);

  /// What earlier bouts showed of the sources. It holds from the first report
  /// on to the end: once something was reported or taken up, this does nothing.
  void know(const trust::trust_book& book);

  /// Takes up what the journal has of this bout: its events are not made
  /// again, and numbers that they used are taken. Before every report.
  void resume(const fused_book& book);

  /// Reports of a camera; each is a sign of life, too.
  void take(const intake::source_fact& from,
            std::span<const fusion::report> reports, mono_us now);

  /// A camera's sign of life.
  void beat(const intake::source_fact& from, mono_us at, bool in_view);

  /// Takes a strike that an operator logged; everything else is nothing to it.
  /// The same event twice counts once.
  void take(const bout::event& e);

  /// Says what can be said by now: revisions, oldest first, with the round
  /// that `bout` has for them.
  std::vector<fused_fact> advance(mono_us now, const bout::state& bout);

  /// What became of the reports of one source: in a decided event or in none,
  /// and of these in one that is not shown or none.
  struct belief {
    std::string source;
    std::uint64_t judged = 0;
    std::uint64_t doubted = 0;
  };
  std::vector<belief> beliefs() const;

  /// True while a camera sees the fighters, or did within three seconds.
  bool cameras_watch(mono_us now) const noexcept;

  /// Nothing was reported or taken up so far.
  bool untouched() const noexcept;

  /// What the sources showed in this bout, as far as anything can be learned.
  std::vector<trust::judged_source> judged() const;

  /// `counters`, `sources` and the plan.
  json::object stats() const;

  /// The latest events, each in its last revision.
  const std::deque<fused_fact>& events() const noexcept {
    return events_;
  }

  /// From here up an event is worth a look, and is kept.
  ppm review_from() const noexcept {
    return plan_->settings.review;
  }

  /// The latest revision of each of these events under its slot, `000` to
  /// `127`. An event keeps its slot as long as it is one of the latest, so that
  /// whoever merges these by slot holds exactly `events`.
  json::object slots_json(std::span<const fused_fact> said) const;

  const desk_counters& counters() const noexcept {
    return counters_;
  }

private:
  fusion_desk() = default;

  struct seat {
    /// Empty: free.
    std::string name;
    std::uint64_t reports = 0;
    /// In decided events, and of those in ones that are not shown.
    std::uint64_t judged = 0;
    std::uint64_t doubted = 0;
    /// Added to its numbers, so that none is used twice although it started
    /// over.
    std::uint64_t base = 0;
    fused_book::mark newest;
    /// Its last life sign while it saw the fighters.
    std::optional<mono_us> seen;
  };

  /// The place of a source, found or given; nothing if all are taken.
  std::optional<fusion::source_index> place(std::string_view name, bool human);
  void seat_as_known(fusion::source_index src);
  void take(fusion::source_index src, fusion::report r);
  void beat(fusion::source_index src, mono_us at, bool in_view);
  std::uint64_t number_of(seat& from, const fusion::report& r);
  fused_fact fact_of(const fusion::fused_event& e,
                     const bout::state& bout) const;
  fusion::fused_event event_of(const fused_fact& x);
  /// True if it became final by this.
  bool keep(const fused_fact& e);
  /// Counts an event that is final now.
  void judge(const fusion::fused_event& e);
  trust::source_counts counts_of(std::size_t place) const;
  json::array sources_json() const;
  json::object counters_json() const;

  std::shared_ptr<const fusion::fusion_plan> plan_;
  std::unique_ptr<fusion::harmonizer> kernel_;
  /// By place.
  std::array<seat, camera_places + human_places> seats_;
  std::deque<fused_fact> events_;
  /// Slot of the first of them.
  std::size_t first_slot_ = 0;
  desk_counters counters_;
  std::map<std::string, trust::source_record, std::less<>> known_;
  /// The version of it.
  int parameters_ = 0;
  trust::tally tally_;
};

} // namespace ringside::desk
