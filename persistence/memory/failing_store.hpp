#pragma once

#include "persistence/journal_store.hpp"
#include "persistence/write_gate.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ringside::persistence {

/// Where an injected failure strikes.
enum class fail_point : std::uint8_t {
  /// Before the call reaches the store: no effect.
  before,
  /// After the store did its work: in doubt.
  after,
};

/// Wraps any store and answers `io_error` at the n-th call, counted from 1,
/// once. A failed write closes the store for writing, as the contract says.
/// For loops that let every call of a scenario fail in turn: raise `fail_at`
/// until `fired()` stays false.
class failing_store final : public journal_store {
public:
  failing_store(std::unique_ptr<journal_store> inner, std::uint64_t fail_at,
                fail_point point);

  /// Calls seen so far.
  std::uint64_t calls() const noexcept {
    return calls_;
  }

  bool fired() const noexcept {
    return calls_ >= fail_at_;
  }

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
  template <class F>
  auto run(F call) -> decltype(call());

  template <class F>
  auto run_write(F call) -> decltype(call());

  std::unique_ptr<journal_store> inner_;
  std::uint64_t fail_at_;
  fail_point point_;
  std::uint64_t calls_ = 0;
  write_gate gate_{false};
};

} // namespace ringside::persistence
