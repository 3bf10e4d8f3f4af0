#pragma once

#include "domain/vision/intake/batch.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringside::intake {

/// True if items can be written again for a worker: keys are 1 to 32 of
/// `[a-z0-9_]`. @see json::limits::foreign.
bool can_be_handed_on(const json::array& items) noexcept;

/// What became of a batch of pictures.
struct work_outcome {
  /// What a worker saw in them. Null: nobody could work on it.
  std::shared_ptr<const json::array> items;
  /// Why nobody could.
  std::string why;
};

struct unfinished_batch {
  batch what;
  /// Nothing: a worker is still to look at it.
  std::optional<work_outcome> outcome;
};

/// The batches of pictures of one camera that are not through yet, in their
/// order: out comes only the first one, and only when it is finished. So what
/// workers see is read in the order of the batches, and once. Bounded: who
/// sends more than `batches_max` waits.
class backlog {
public:
  static constexpr std::size_t batches_max = 64;

  bool full() const noexcept {
    return batches_.size() >= batches_max;
  }

  /// @pre not full, and no batch of this number is here.
  void add(const batch& what);

  /// False: no such batch is here, or it is finished already.
  bool finish(std::uint64_t seq, work_outcome what);

  /// Takes the first one out if it is finished.
  std::optional<unfinished_batch> pop();

  /// By their numbers.
  const std::vector<unfinished_batch>& batches() const noexcept {
    return batches_;
  }

private:
  std::vector<unfinished_batch> batches_;
};

} // namespace ringside::intake
