#pragma once

#include "actors/protocol/runtime_messages.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace ringside {

/// A latency distribution with a relative error of at most 1/32: 32 linear
/// buckets for every power of two up to 2^40 ns (18 minutes), longer ones
/// count as the last bucket. One writer at a time, any number of readers;
/// no locks and no read-modify-write (1.4 ns instead of 5).
class histogram {
public:
  static constexpr std::size_t linear_bits = 5;
  static constexpr std::size_t value_bits = 40;
  static constexpr std::size_t size = (value_bits - linear_bits + 1)
                                      << linear_bits;

  /// The bucket of a value in nanoseconds.
  static std::size_t bucket_of(std::uint64_t ns) noexcept;

  /// The biggest value of a bucket.
  static std::uint64_t upper_bound(std::size_t bucket) noexcept;

  /// Counts one value. Only the writer may call it.
  void record(std::uint64_t ns) noexcept;

  /// Percentiles and totals as of now. Any thread.
  latency_view view() const;

private:
  std::array<std::atomic<std::uint32_t>, size> buckets_{};
  std::atomic<std::uint64_t> sum_{0};
  std::atomic<std::uint64_t> max_{0};
};

/// How many messages went into and came out of one mailbox. Outlives its
/// actor, so that a reader never touches a dead one.
struct mailbox_gauge {
  std::atomic<std::uint64_t> enqueued{0};
  std::atomic<std::uint64_t> consumed{0};
  /// The mailbox was emptied and takes nothing any more.
  std::atomic<bool> closed{false};

  std::uint64_t depth() const noexcept;
};

/// Everything measured about one name, over all its incarnations. The writer
/// is the running incarnation (its successor starts after its DOWN); anybody
/// may take a snapshot at any time.
class probe {
public:
  explicit probe(std::string name);

  const std::string& name() const noexcept {
    return name_;
  }

  /// From now on the depth is that of this mailbox.
  void attach(std::shared_ptr<mailbox_gauge> gauge);

  // -- by the writer ----------------------------------------------------------

  void handled(std::uint64_t depth_before) noexcept;

  void waited(std::chrono::nanoseconds wait) noexcept;

  void worked(std::chrono::nanoseconds work) noexcept;

  /// May run in two threads at once while an actor changes workers.
  void was_busy(std::chrono::nanoseconds busy) noexcept;

  // -- by anybody -------------------------------------------------------------

  probe_snapshot snapshot() const;

private:
  std::string name_;
  histogram wait_;
  histogram work_;
  std::atomic<std::uint64_t> handled_{0};
  std::atomic<std::uint64_t> depth_max_{0};
  std::atomic<std::uint64_t> busy_{0};
  std::atomic<std::uint64_t> resumes_{0};
  mutable std::mutex gauge_mutex_;
  std::shared_ptr<mailbox_gauge> gauge_;
};

using probe_ptr = std::shared_ptr<probe>;

} // namespace ringside
