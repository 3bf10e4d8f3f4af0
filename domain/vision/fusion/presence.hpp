#pragma once

#include "domain/vision/fusion/report.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ringside::fusion {

/// Who saw the fighters when, from heartbeats. Bounded: what lies further back
/// than the history is forgotten.
class presence {
public:
  /// Takes a heartbeat, in any order; false if it is too old to matter.
  bool beat(const heartbeat& h);

  /// True if `src` saw the fighters at `t`, by its last heartbeat before.
  bool in_view(source_index src, mono_us t) const noexcept;

  /// Sets `always` and `sometimes` for the time from `from` to `to`.
  void during(mono_us from, mono_us to, std::size_t sources,
              std::uint32_t& always, std::uint32_t& sometimes) const noexcept;

  /// The newest heartbeat, or nothing before the first.
  std::optional<mono_us> last(source_index src) const noexcept;

private:
  /// Heartbeats kept per source: half a minute.
  static constexpr std::size_t kept = 64;

  std::array<std::vector<heartbeat>, sources_max> beats_;
};

} // namespace ringside::fusion
