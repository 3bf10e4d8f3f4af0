#include "tests/sim/faults.hpp"

#include "actors/protocol/command_messages.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/journal_messages.hpp"
#include "persistence/memory/memory_journal_store.hpp"

#include <algorithm>

#include <caf/all.hpp>

namespace ringside::sim {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

/// A rate that is zero in every other run.
std::uint64_t sometimes(rng& source, std::uint64_t max) {
  return source() % 2 == 0 ? 0 : 1 + source() % max;
}

} // namespace

weather weather::draw(rng& source) {
  weather w;
  w.late = sometimes(source, 200'000);
  w.lost = sometimes(source, 60'000);
  w.twice = sometimes(source, 100'000);
  w.stall = sometimes(source, 3'000);
  w.kill = sometimes(source, 8'000);
  w.kill_supervisor = sometimes(source, 1'000);
  w.restart = sometimes(source, 1'000);
  w.clock_step = sometimes(source, 2'000);
  w.disk_full = sometimes(source, 1'000);
  w.write_fails = sometimes(source, 60'000);
  w.write_in_doubt = sometimes(source, 60'000);
  w.read_fails = sometimes(source, 20'000);
  w.held_up = sometimes(source, 300'000);
  w.signer_fails = sometimes(source, 300'000);
  w.signer_in_doubt = sometimes(source, 300'000);
  // Rarely, for the node does little else then.
  w.damage = sometimes(source, 2) * 250'000;
  w.flip = source() % 4 == 0 ? 500 : 0;
  w.erase = sometimes(source, 2) * 400'000;
  return w;
}

// -- messages -----------------------------------------------------------------

void bad_network::stall(const std::string& receiver,
                        caf::actor_clock::time_point until) {
  auto& last = stalled_[receiver];
  last = std::max(last, until);
}

delivery bad_network::over_network() {
  delivery d;
  if (chance(source_, weather_.lost)) {
    log_.count("lost");
    d.drop = true;
    return d;
  }
  if (chance(source_, weather_.twice)) {
    log_.count("twice");
    d.duplicates = 1;
  }
  if (chance(source_, weather_.late)) {
    log_.count("late");
    // Mostly short; some come after the client asked again.
    auto ms = source_() % 10 == 0 ? source_() % 4'000 : source_() % 200;
    d.delay = microseconds{1 + ms * 1'000 + source_() % 1'000};
  }
  return d;
}

delivery bad_network::decide(std::string_view receiver,
                             const caf::mailbox_element& what) {
  const auto& content = what.content();
  auto from_client = what.sender == nullptr;
  if (content.match_elements<protocol::command_answer>())
    return over_network();
  if (content.match_elements<protocol::contact>())
    return over_network();
  auto at_door = receiver.find("/seat/") != std::string_view::npos
                 || receiver.find("/desk/") != std::string_view::npos
                 || receiver == "bouts";
  if (content.match_elements<protocol::submit>() && (at_door || from_client))
    return over_network();
  delivery d;
  if (content.match_elements<protocol::follow>()
      && chance(source_, weather_.twice))
    d.duplicates = 1;
  if (receiver.empty())
    return d;
  auto now = clock_->now();
  auto due = after_stall(receiver, now);
  if (content.match_elements<protocol::leaves_committed>()
      || content.match_elements<protocol::append_answer>())
    due = held_up('j', receiver, due, now);
  else if (content.match_elements<protocol::entries_answer>()
           || content.match_elements<protocol::leaves_answer>()
           || content.match_elements<protocol::tails_answer>())
    due = held_up('r', receiver, due, now);
  d.delay = due - now;
  return d;
}

bad_network::time_point bad_network::after_stall(std::string_view receiver,
                                                 time_point now) {
  auto found = stalled_.find(receiver);
  if (found == stalled_.end())
    return now;
  if (found->second <= now) {
    stalled_.erase(found);
    return now;
  }
  // Everything for a stalled actor arrives in its order.
  found->second += std::chrono::nanoseconds{10};
  return found->second;
}

bad_network::time_point bad_network::held_up(char sender,
                                             std::string_view receiver,
                                             time_point due, time_point now) {
  auto& last = said_[{sender, std::string{receiver}}];
  if (chance(source_, weather_.held_up)) {
    log_.count("held_up");
    auto most = source_() % 4 == 0 ? 400'000u : 20'000u;
    due = std::max(due, now + microseconds{source_() % most});
  }
  if (last > now)
    due = std::max(due, last + std::chrono::nanoseconds{10});
  last = due;
  return due;
}

// -- the disk -----------------------------------------------------------------

namespace {

using persistence::journal_entry;
using persistence::journal_head;

error injected(const char* what) {
  return refuse(ec::io_error, std::string{"injected: "} + what);
}

/// Passes everything on, fails now and then, and tells the truth what became
/// durable. A failed write closes the store for writing, as the contract says.
class faulty_store final : public persistence::journal_store {
public:
  faulty_store(std::unique_ptr<journal_store> inner, sim_disk& world)
    : inner_(std::move(inner)), world_(world) {
    // nop
  }

  result<unit> append(std::span<const journal_entry> entries,
                      const journal_head& head) override {
    if (failure_)
      return *failure_;
    if (chance(world_.source, world_.now.write_fails))
      return broke("write_fails");
    auto done = inner_->append(entries, head);
    if (!done) {
      world_.log.count("disk_refused");
      return done;
    }
    world_.durable.wrote(entries);
    if (chance(world_.source, world_.now.write_in_doubt))
      return broke("write_in_doubt");
    return done;
  }

  /// A running node erases nothing.
  result<bool> erase_personal(std::uint64_t seq) override {
    return inner_->erase_personal(seq);
  }

  result<journal_head> head() override {
    return read([&] { return inner_->head(); });
  }

  result<std::vector<journal_entry>> read(std::uint64_t seq,
                                          std::size_t limit) override {
    return read([&] { return inner_->read(seq, limit); });
  }

  result<std::vector<journal_entry>> read_bout(const bout_id& bout,
                                               std::uint32_t bseq,
                                               std::size_t limit) override {
    return read([&] { return inner_->read_bout(bout, bseq, limit); });
  }

  result<std::vector<persistence::bout_tail>> tails() override {
    return read([&] { return inner_->tails(); });
  }

  result<std::vector<audit::hash>> leaves(std::uint64_t seq,
                                          std::size_t limit) override {
    return read([&] { return inner_->leaves(seq, limit); });
  }

  result<unit> put_checkpoint(const persistence::checkpoint_row& row) override {
    if (failure_)
      return *failure_;
    if (chance(world_.source, world_.now.write_fails))
      return broke("checkpoint_fails");
    auto done = inner_->put_checkpoint(row);
    if (!done && done.reason().code == ec::corrupt)
      world_.log.fail("a checkpoint contradicts the journal: "
                      + done.reason().detail);
    if (done && chance(world_.source, world_.now.write_in_doubt))
      return broke("checkpoint_in_doubt");
    return done;
  }

  result<std::vector<persistence::checkpoint_row>> checkpoints() override {
    return read([&] { return inner_->checkpoints(); });
  }

  result<std::optional<persistence::checkpoint_row>>
  last_checkpoint() override {
    return read([&] { return inner_->last_checkpoint(); });
  }

private:
  template <class F>
  auto read(F call) -> decltype(call()) {
    if (!chance(world_.source, world_.now.read_fails))
      return call();
    world_.log.count("read_fails");
    world_.log.note("disk: a read fails");
    return injected("a read failed");
  }

  error broke(const char* kind) {
    world_.log.count(kind);
    world_.log.note(std::string{"disk: "} + kind);
    failure_ = refuse(ec::read_only, "an earlier write failed");
    return injected(kind);
  }

  std::unique_ptr<journal_store> inner_;
  sim_disk& world_;
  std::optional<error> failure_;
};

} // namespace

result<std::unique_ptr<persistence::journal_store>>
sim_disk::open(bool read_only) {
  if (chance(source, now.read_fails)) {
    log.count("open_fails");
    return injected("the journal cannot be opened");
  }
  auto store
    = persistence::memory_journal_store::open(disk, {.read_only = read_only});
  if (!store)
    return store.reason();
  std::unique_ptr<persistence::journal_store> wrapped
    = std::make_unique<faulty_store>(std::move(*store), *this);
  return wrapped;
}

// -- the signer's file --------------------------------------------------------

result<std::optional<audit::signer_state>> sim_signer::load() const {
  if (torn)
    return refuse(ec::corrupt, "signer.state is not a signer state file");
  return file;
}

result<unit> sim_signer::store(const audit::signer_state& next) {
  durable.signed_head(next.last);
  log.note("the signer notes the head of " + std::to_string(next.last.size)
           + " entries");
  if (chance(source, now.signer_fails)) {
    log.count("signer_fails");
    log.note("the signer's file cannot be written");
    return injected("no room for the signer's file");
  }
  if (file && next.last.size < file->last.size)
    log.fail("the signer goes back to " + std::to_string(next.last.size)
             + " entries");
  file = next;
  if (chance(source, now.signer_in_doubt)) {
    log.count("signer_in_doubt");
    log.note("the signer's file: in doubt");
    return injected("in doubt about the signer's file");
  }
  return unit{};
}

} // namespace ringside::sim
