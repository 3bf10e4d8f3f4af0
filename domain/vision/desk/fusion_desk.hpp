#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "domain/bout/event.hpp"
#include "domain/vision/fusion/harmonizer.hpp"
#include "domain/vision/fusion/plan.hpp"
#include "domain/vision/intake/source_fact.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
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
};

/// What the sources of a bout report and its operators log, fused. Takes part
/// in no official's score. Bounded as the harmonizer is.
class fusion_desk {
public:
  /// Refuses a plan without the source kinds `camera` and `operator`, and one
  /// that no harmonizer works with.
  static result<fusion_desk> make(const fusion::fusion_plan& plan);

  /// Reports of a camera; each is a sign of life, too.
  void take(const intake::source_fact& from,
            std::span<const fusion::report> reports, mono_us now);

  /// A camera's sign of life.
  void beat(const intake::source_fact& from, mono_us at, bool in_view);

  /// Takes a strike that an operator logged; everything else is nothing to it.
  /// The same event twice counts once.
  void take(const bout::event& e);

  /// Says what can be said by now: revisions, oldest first.
  std::vector<fusion::fused_event> advance(mono_us now);

  /// `counters`, `sources` and the latest `events`, each in its last revision.
  json::object stats() const;

  /// One event with its sources by name.
  json::object event_json(const fusion::fused_event& e) const;

  const desk_counters& counters() const noexcept {
    return counters_;
  }

private:
  fusion_desk() = default;

  /// The place of a source, found or given; nothing if all are taken.
  std::optional<fusion::source_index> place(std::string_view name, bool human);
  void keep(const fusion::fused_event& e);
  json::array sources_json() const;
  json::object counters_json() const;

  std::shared_ptr<const fusion::fusion_plan> plan_;
  std::unique_ptr<fusion::harmonizer> kernel_;
  /// Names by place; empty: free.
  std::array<std::string, camera_places + human_places> names_;
  std::array<std::uint64_t, camera_places + human_places> reports_{};
  std::deque<fusion::fused_event> events_;
  desk_counters counters_;
};

} // namespace ringside::desk
