#pragma once

#include <cstdint>
#include <functional>

namespace ringside::persistence {

/// The calls of a store that may go wrong.
enum class store_op : std::uint8_t {
  open,
  append,
  head,
  read,
  read_bout,
  tails,
  leaves,
  put_checkpoint,
  checkpoints,
  last_checkpoint,
  erase_personal,
};

/// What goes wrong with one call.
struct fault {
  enum class kind : std::uint8_t {
    /// Nothing.
    none,
    /// The call answers `io_error` and has no effect.
    fail,
    /// The call has its effect and answers `io_error`: in doubt.
    fail_after,
    /// From now on the disk holds no more than `a` bytes; the call proceeds.
    disk_full,
    /// The last `a` entries are gone, the head row is not; the call proceeds.
    cut,
    /// Byte `b` of entry `a` has its lowest bit flipped; the call proceeds.
    flip,
  };

  kind what = kind::none;
  std::uint64_t a = 0;
  std::uint64_t b = 0;
};

/// Decides about every call, counted from 1 over the life of the disk. The
/// simulation makes it from its seed, a test from a script. It must not call
/// the store.
using fault_plan = std::function<fault(store_op op, std::uint64_t call)>;

} // namespace ringside::persistence
