#pragma once

#include "domain/vision/fusion/harmonizer.hpp"
#include "domain/vision/fusion/play.hpp"

#include <memory>
#include <string_view>
#include <vector>

/// A harmonizer with four cameras (0 to 3) and three operators (4 to 6) whose
/// reports a test writes down.
namespace ringside::fusion::test {

inline source_table usual_table() {
  return starting_table(usual_fight(1));
}

inline std::unique_ptr<harmonizer>
usual_harmonizer(const fusion_settings& settings = {},
                 std::string_view how = "block_bayes",
                 source_table table = usual_table()) {
  auto made = harmonizer::make(settings, std::move(table), make_strategy(how));
  return std::move(made.value());
}

/// A report of `src` for a strike at `ms`, latency added, with 1 ms of clock
/// bound.
inline report seen(source_index src, std::uint64_t seq, double ms,
                   corner by = corner::red, int kind = 2) {
  report r;
  r.src = src;
  r.seq = seq;
  auto bias = src < 4 ? 0.0 : 300.0;
  r.t_est = {static_cast<std::int64_t>((ms + bias) * 1'000)};
  r.err_us = 1'000;
  r.corner = by;
  if (kind >= 0)
    r.kind = static_cast<kind_index>(kind);
  return r;
}

struct scene {
  explicit scene(std::unique_ptr<harmonizer> h = usual_harmonizer())
    : through(std::move(h)) {
    // nop
  }

  /// Heartbeats of all sources twice a second from `from_ms` to `to_ms`.
  void beat_all(std::int64_t from_ms, std::int64_t to_ms,
                std::uint32_t in_view = 0x7f) {
    for (auto ms = from_ms; ms <= to_ms; ms += 500)
      for (source_index s = 0; s < 7; ++s)
        through->beat({s, {ms * 1'000}, (in_view >> s & 1u) != 0});
  }

  /// What is said when the clock reaches `ms`.
  std::vector<fused_event> at(std::int64_t ms) {
    std::vector<fused_event> out;
    through->advance({ms * 1'000}, out);
    return out;
  }

  std::vector<fused_event> finish() {
    std::vector<fused_event> out;
    through->finish(out);
    return out;
  }

  std::unique_ptr<harmonizer> through;
};

/// The final events of a whole fight, in order.
inline std::vector<fused_event>
finals_of(const synthetic_fight& fight, const fusion_settings& settings = {},
          std::string_view how = "block_bayes") {
  auto through = usual_harmonizer(settings, how);
  return last_words(play(fight, *through));
}

/// Everything in which one event counts, without the number of revisions that
/// it took to get there.
inline std::vector<fused_event>
without_revisions(std::vector<fused_event> events) {
  for (auto& e : events)
    e.rev = 1;
  return events;
}

} // namespace ringside::fusion::test
