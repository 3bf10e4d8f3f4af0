#pragma once

#include "domain/vision/fusion/block.hpp"
#include "domain/vision/fusion/strategy.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ringside::fusion {

/// Where the undecided reports are cut. A function of the reports alone, never
/// of the moments at which they arrived.
struct cut {
  /// Server time, microseconds; to be made when all up to here is known.
  std::int64_t at = 0;
  /// The first so many pending reports.
  std::size_t count = 0;
  /// Up to here reports are among them; before `at` if too many made a block
  /// end early.
  std::int64_t until = 0;
  /// True if all of them are decided, false if only what is settled.
  bool closes = true;
  /// True if a limit ended the block and not a silence.
  bool forced = false;
};

/// The undecided reports in their total order, and the blocks they make.
class pending_reports {
public:
  pending_reports(const block_limits& limits, const fusion_settings& settings,
                  const source_table& sources);

  struct entry {
    /// Latency taken off.
    std::int64_t t = 0;
    fusion::report report;
    bool decided = false;
    /// The entry this one repeats; itself if none.
    std::size_t keeper = 0;
  };

  std::size_t size() const noexcept {
    return entries_.size();
  }

  /// The time of a report with the latency of its source taken off.
  std::int64_t time_of(const report& r) const noexcept;

  /// False: its source said this strike often enough, and none surer.
  bool insert(const report& r);

  /// The next cut, if all reports up to `known` have arrived.
  std::optional<cut> next(std::int64_t known) const noexcept;

  /// The first `count` reports as a block, without duplicates. Valid until
  /// the next call of a function that is not const.
  block assemble(std::size_t count, const model& with);

  /// Sets up to when the sources of `b`, made of the reports of `c`, are
  /// heard: to the cut, or to where their first report after it is.
  void set_heard(const cut& c, block& b) const noexcept;

  /// Marks the report behind an observation of the last block as decided.
  void decide(const observation& r) noexcept;

  /// Drops what is decided; gives the number of duplicates among it.
  std::size_t drop_decided();

  /// In a cut that does not close: what is undecided is looked at again when
  /// the oldest of it, at `oldest`, has settled. Nothing: a new block.
  void look_again(std::int64_t now, std::optional<std::int64_t> oldest);

  std::int64_t settle_us() const noexcept {
    return settle_us_;
  }

private:
  bool said_enough(const entry& e, std::size_t place) const noexcept;
  std::size_t slot_of(const report& r) const noexcept;
  std::size_t run_length() const noexcept;
  std::int64_t first_cut(std::size_t run) const noexcept;
  void find_duplicates(std::size_t count) noexcept;
  observation make_ready(std::size_t place, const model& with) const noexcept;

  block_limits limits_;
  std::int64_t settle_us_;
  std::int64_t duplicate_us_;
  const source_table* sources_;
  std::vector<entry> entries_;
  std::vector<observation> seen_;
  std::vector<std::size_t> places_;
  std::optional<std::int64_t> next_cut_;
  /// The last decided report of each source and corner.
  std::array<std::int64_t, 3 * sources_max> used_;
};

} // namespace ringside::fusion
