#include "persistence/memory/failing_store.hpp"

#include <utility>

namespace ringside::persistence {

failing_store::failing_store(std::unique_ptr<journal_store> inner,
                             std::uint64_t fail_at, fail_point point)
  : inner_(std::move(inner)), fail_at_(fail_at), point_(point) {
  // nop
}

template <class F>
auto failing_store::run(F call) -> decltype(call()) {
  auto now = ++calls_ == fail_at_;
  if (now && point_ == fail_point::before)
    return refuse(ec::io_error, "injected failure");
  auto answer = call();
  if (now && answer)
    return refuse(ec::io_error, "injected failure after the fact");
  return answer;
}

template <class F>
auto failing_store::run_write(F call) -> decltype(call()) {
  if (auto no = gate_.refusal())
    return *no;
  auto done = run(call);
  if (!done && done.reason().code == ec::io_error)
    gate_.close(done.reason());
  return done;
}

result<unit> failing_store::append(std::span<const journal_entry> entries,
                                   const journal_head& head) {
  return run_write([&] { return inner_->append(entries, head); });
}

result<bool> failing_store::erase_personal(std::uint64_t seq) {
  return run_write([&] { return inner_->erase_personal(seq); });
}

result<journal_head> failing_store::head() {
  return run([&] { return inner_->head(); });
}

result<std::vector<journal_entry>> failing_store::read(std::uint64_t seq,
                                                       std::size_t limit) {
  return run([&] { return inner_->read(seq, limit); });
}

result<std::vector<journal_entry>> failing_store::read_bout(const bout_id& bout,
                                                            std::uint32_t bseq,
                                                            std::size_t limit) {
  return run([&] { return inner_->read_bout(bout, bseq, limit); });
}

result<std::vector<bout_tail>> failing_store::tails() {
  return run([&] { return inner_->tails(); });
}

result<std::vector<audit::hash>> failing_store::leaves(std::uint64_t seq,
                                                       std::size_t limit) {
  return run([&] { return inner_->leaves(seq, limit); });
}

result<unit> failing_store::put_checkpoint(const checkpoint_row& row) {
  return run_write([&] { return inner_->put_checkpoint(row); });
}

result<std::vector<checkpoint_row>> failing_store::checkpoints() {
  return run([&] { return inner_->checkpoints(); });
}

result<std::optional<checkpoint_row>> failing_store::last_checkpoint() {
  return run([&] { return inner_->last_checkpoint(); });
}

} // namespace ringside::persistence
