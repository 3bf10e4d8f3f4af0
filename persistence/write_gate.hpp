#pragma once

#include "domain/base/result.hpp"

#include <optional>
#include <string>

namespace ringside::persistence {

/// Whether a store may write. After a failed commit nobody knows what the disk
/// holds, and a second attempt may succeed over lost pages; so the first
/// failure closes the gate until the store is opened again.
class write_gate {
public:
  explicit write_gate(bool read_only) : read_only_(read_only) {
    // nop
  }

  /// The answer to a write, or nothing if writing is allowed.
  std::optional<error> refusal() const {
    if (read_only_)
      return refuse(ec::read_only, "this store was opened for reading only");
    if (failure_)
      return refuse(ec::read_only, "an earlier write failed: " + *failure_, {},
                    "reopen the journal and read its head");
    return std::nullopt;
  }

  /// Closes the gate; the first reason is kept.
  void close(const error& reason) {
    if (!failure_)
      failure_ = reason.detail;
  }

private:
  bool read_only_;
  std::optional<std::string> failure_;
};

} // namespace ringside::persistence
