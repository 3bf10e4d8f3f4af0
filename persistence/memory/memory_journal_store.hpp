#pragma once

#include "persistence/memory/memory_disk.hpp"
#include "persistence/write_gate.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ringside::persistence {

struct memory_options {
  bool read_only = false;
};

/// A journal in memory that answers exactly like the durable ones, for the
/// simulation and for tests. No clock and no randomness of its own.
class memory_journal_store final : public journal_store {
public:
  /// `unavailable` while another store writes this disk, `not_found` for a
  /// reader of a disk that was never written.
  static result<std::unique_ptr<memory_journal_store>>
  open(std::shared_ptr<memory_disk> disk, const memory_options& options = {});

  memory_journal_store(const memory_journal_store&) = delete;
  memory_journal_store& operator=(const memory_journal_store&) = delete;

  /// Gives up the right to write; the disk keeps its content.
  ~memory_journal_store() override;

  result<unit> append(std::span<const journal_entry> entries,
                      const journal_head& head) override;
  result<bool> erase_personal(std::uint64_t seq) override;
  result<journal_head> head() override;
  result<std::vector<journal_entry>> read(std::uint64_t seq,
                                          std::size_t limit) override;
  result<std::vector<journal_entry>> read_bout(const bout_id& bout,
                                               std::uint32_t bseq,
                                               std::size_t limit) override;
  result<std::vector<bout_tail>> tails() override;
  result<std::vector<audit::hash>> leaves(std::uint64_t seq,
                                          std::size_t limit) override;
  result<unit> put_checkpoint(const checkpoint_row& row) override;
  result<std::vector<checkpoint_row>> checkpoints() override;
  result<std::optional<checkpoint_row>> last_checkpoint() override;

private:
  memory_journal_store(std::shared_ptr<memory_disk> disk, bool read_only);

  /// Runs one call under the disk's lock and its fault plan.
  template <class F>
  static auto run(memory_disk& disk, store_op op, F call)
    -> decltype(call(disk));

  std::shared_ptr<memory_disk> disk_;
  bool read_only_;
  write_gate gate_;
};

} // namespace ringside::persistence
