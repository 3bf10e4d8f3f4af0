#include "actors/records/journal.hpp"

#include "actors/runtime/harden.hpp"
#include "domain/base/limits.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

/// How often a read-only node tries to open its journal again.
constexpr std::chrono::seconds retry_period{2};

bool asks_for_checkpoint(const persistence::append_batch& batch) noexcept {
  return std::any_of(batch.drafts.begin(), batch.drafts.end(),
                     [](const auto& d) { return is_milestone(d.kind); });
}

} // namespace

bool is_milestone(std::string_view kind) noexcept {
  static constexpr std::array<std::string_view, 6> milestones{
    "round_locked",     "result_derived",    "result_approved",
    "result_published", "result_overturned", "bout_cancelled"};
  return std::find(milestones.begin(), milestones.end(), kind)
         != milestones.end();
}

void journal_state::init(journal_deps what) {
  deps = std::move(what);
  reopen();
}

protocol::journal_state journal_state::status() const {
  return {writer ? writer->tree().size() : 0, read_only, commits, entries,
          waiting.size()};
}

journal_state::promise journal_state::add(const protocol::append& what) {
  auto result = self->make_response_promise<protocol::append_answer>();
  auto refuse_with = [&result](error reason) {
    result.deliver(protocol::append_answer{std::move(reason)});
    return result;
  };
  if (read_only)
    return refuse_with(*read_only);
  if (waiting.size() >= limits::journal_queue_max)
    return refuse_with(refuse(ec::overloaded, "the journal's queue is full"));
  waiting.push_back(what.batch);
  promises->push_back(result);
  waiting_entries += what.batch.drafts.size();
  if (waiting_entries >= limits::commit_entries_max) {
    flush();
  } else if (!flush_pending) {
    flush_pending = true;
    caf::anon_send(caf::actor_cast<caf::actor>(self), journal_msg::flush{});
  }
  return result;
}

void journal_state::flush() {
  flush_pending = false;
  if (waiting.empty())
    return;
  auto batches = std::exchange(waiting, {});
  auto to = std::exchange(*promises, {});
  waiting_entries = 0;
  auto places = writer->commit(batches, deps.utc_now());
  auto failure = writer->failure();
  if (!failure) {
    ++commits;
    entries += writer->last_entries().size();
    tell_audit(
      std::any_of(batches.begin(), batches.end(), asks_for_checkpoint));
  }
  answer(std::move(places), std::move(to));
  if (failure)
    enter_read_only(*failure);
}

void journal_state::answer(std::vector<result<persistence::batch_place>> places,
                           std::vector<promise> to) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (places[i])
      to[i].deliver(protocol::append_answer{*places[i]});
    else
      to[i].deliver(protocol::append_answer{places[i].reason()});
  }
}

void journal_state::tell_audit(bool milestone) const {
  protocol::leaves_committed news;
  const auto& made = writer->last_entries();
  if (made.empty())
    return;
  news.first_seq = made.front().seq;
  news.root = writer->tree().root();
  for (const auto& entry : made)
    news.leaves.push_back(entry.leaf);
  news.milestone = milestone;
  auto audit = deps.services->names.open<protocol::audit_actor>("node/audit");
  self->send(audit, std::move(news));
}

void journal_state::keep(const persistence::checkpoint_row& row) {
  if (read_only)
    return;
  if (auto done = store->put_checkpoint(row); !done)
    keep_failed(done.reason());
}

void journal_state::keep_failed(const error& reason) {
  log_to(deps.services->log, severity::error, "node/journal",
         "a checkpoint could not be kept: " + reason.detail);
  // The store takes no more writes after this; the appends that wait for the
  // next commit need not fail for it.
  if (reason.code == ec::io_error || reason.code == ec::read_only)
    reopen();
}

void journal_state::reopen() {
  writer.reset();
  store.reset();
  auto opened = deps.open();
  if (!opened)
    return enter_read_only(opened.reason());
  store = std::move(*opened);
  auto taken_up
    = persistence::journal_writer::open(*store, deps.origin, deps.random);
  if (!taken_up)
    return enter_read_only(taken_up.reason());
  writer.emplace(std::move(*taken_up));
  if (read_only)
    log_to(deps.services->log, severity::warning, "node/journal",
           "the journal can be written again");
  read_only.reset();
  retry.stop();
  tell_audit_size();
}

void journal_state::tell_audit_size() const {
  // A commit in doubt may have come true without anybody hearing of it.
  protocol::leaves_committed size;
  size.first_seq = writer->tree().size();
  size.root = writer->tree().root();
  auto audit = deps.services->names.open<protocol::audit_actor>("node/audit");
  self->send(audit, std::move(size));
}

void journal_state::enter_read_only(const error& reason) {
  if (!read_only)
    log_to(deps.services->log, severity::alarm, "node/journal",
           "read-only: " + reason.detail);
  read_only
    = refuse(ec::read_only, "the journal cannot be written: " + reason.detail,
             {}, "free the disk or repair it; the node tries again");
  fail_waiting(*read_only);
  if (!retry.running())
    retry.start(self, retry_period);
}

void journal_state::fail_waiting(const error& reason) {
  waiting.clear();
  waiting_entries = 0;
  for (auto& p : std::exchange(*promises, {}))
    p.deliver(protocol::append_answer{reason});
}

journal_impl::behavior_type journal_behavior(journal_state::pointer self,
                                             journal_deps deps) {
  harden(self, deps.services->log, "node/journal", [self](const caf::error&) {
    self->state.fail_waiting(refuse(ec::unavailable, "the node is stopping"));
  });
  // A crash or a kill skips the hook above.
  self->attach_functor([left = self->state.promises] {
    auto reason = refuse(ec::unavailable, "the journal restarts");
    for (auto& p : std::exchange(*left, {}))
      p.deliver(protocol::append_answer{reason});
  });
  self->state.init(std::move(deps));
  return {
    [self](const protocol::append& what) { return self->state.add(what); },
    [self](const protocol::keep_checkpoint& what) {
      self->state.keep(what.row);
    },
    [self](const protocol::get_journal_state&) { return self->state.status(); },
    [self](const journal_msg::flush&) { self->state.flush(); },
    [self](const tick& t) {
      if (self->state.retry.accept(t))
        self->state.reopen();
    },
  };
}

} // namespace ringside
