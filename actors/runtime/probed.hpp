#pragma once

#include "actors/protocol/runtime_messages.hpp"
#include "actors/runtime/probe.hpp"

namespace ringside {

/// An actor whose mailbox can be measured. The supervisor finds it with a
/// dynamic_cast right after the spawn and hands over the probe of the name.
class probed {
public:
  virtual ~probed() = default;

  /// Starts to measure into `target`. Only the first call counts.
  /// @returns whether this call was the first.
  virtual bool adopt_probe(probe_ptr target) = 0;

  /// The numbers so far; only the depth is set before a probe is adopted.
  virtual probe_snapshot probe_view() const = 0;
};

} // namespace ringside
