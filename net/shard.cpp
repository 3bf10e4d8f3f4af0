#include "net/shard.hpp"

#include "domain/base/limits.hpp"

#include <algorithm>

namespace ringside::net {

namespace {

/// Joins on their way at once; the rest of the actor's requests are queries.
constexpr std::size_t joins_max = limits::actor_requests_max / 2;

/// What the HUB is not bothered with.
constexpr span_us quick_enough = ringside::milliseconds(5);

constexpr span_us retry_pause = ringside::milliseconds(500);

bool worth_retry(ec code) noexcept {
  return code == ec::timeout || code == ec::unavailable
         || code == ec::overloaded || code == ec::internal;
}

} // namespace

shard::shard(net_context& ctx, links to) : ctx_(ctx), to_(std::move(to)) {
  // nop
}

shard::stream_ptr shard::find(const protocol::stream_key& key) const {
  auto i = streams_.find(key);
  return i == streams_.end() ? nullptr : i->second;
}

std::uint64_t shard::head(const protocol::stream_key& key) const {
  auto s = find(key);
  return s ? s->head : 0;
}

// -- coming and going ---------------------------------------------------------

void shard::subscribe(const subscription_ptr& sub,
                      std::optional<std::uint64_t> after) {
  auto s = find(sub->stream);
  if (!s) {
    s = std::make_shared<stream>();
    s->key = sub->stream;
    streams_.emplace(s->key, s);
    // Before the join: what the HUB sends after its answer must find us.
    to_.follow(s->key);
  }
  s->members.push_back(sub);
  ++s->present;
  join(sub, after);
}

void shard::unsubscribe(const subscription_ptr& sub) {
  if (sub->who == nullptr)
    return;
  sub->who = nullptr;
  sub->early.clear();
  auto s = find(sub->stream);
  if (!s)
    return;
  // In the middle of a round the place stays, so that nobody moves into it.
  if (!s->working && s->cursor == 0)
    std::erase(s->members, sub);
  if (--s->present > 0)
    return;
  s->backlog.clear();
  streams_.erase(s->key);
  to_.unfollow(s->key);
}

void shard::resync(const subscription_ptr& sub) {
  if (sub->who == nullptr)
    return;
  sub->who->starts_over(*sub);
  join(sub, std::nullopt);
}

// -- joining ------------------------------------------------------------------

void shard::join(const subscription_ptr& sub,
                 std::optional<std::uint64_t> after) {
  sub->state = subscription::phase::joining;
  sub->early.clear();
  auto round = ++sub->round;
  if (after)
    return ask({sub->stream, after},
               [this, sub, round](join_outcome x) { admitted(sub, round, x); });
  auto s = find(sub->stream);
  if (!s)
    return;
  s->newcomers.emplace_back(sub, round);
  if (s->newcomers.size() > 1)
    return;
  ask({sub->stream, std::nullopt}, [this, s](join_outcome x) {
    for (auto& [who, number] : std::exchange(s->newcomers, {}))
      admitted(who, number, x);
  });
}

void shard::ask(protocol::join what, std::function<void(join_outcome)> done) {
  if (asked_ >= joins_max) {
    waiting_.emplace_back([this, what = std::move(what),
                           done = std::move(done)] { ask(what, done); });
    return;
  }
  ++asked_;
  to_.join(what, [this, done = std::move(done)](join_outcome x) {
    --asked_;
    done(std::move(x));
    if (!waiting_.empty() && asked_ < joins_max) {
      auto next = std::move(waiting_.front());
      waiting_.pop_front();
      next();
    }
  });
}

void shard::admitted(const subscription_ptr& sub, std::uint64_t round,
                     const join_outcome& outcome) {
  if (sub->who == nullptr || sub->round != round)
    return;
  if (const auto* start = std::get_if<protocol::joined>(&outcome))
    return begin(sub, *start);
  const auto& why = std::get<error>(outcome);
  if (worth_retry(why.code)) {
    retries_.emplace_back(after(ctx_.now(), retry_pause), sub);
    return;
  }
  auto* who = sub->who;
  unsubscribe(sub);
  who->turned_away(sub, why);
}

void shard::begin(const subscription_ptr& sub, const protocol::joined& start) {
  sub->state = subscription::phase::live;
  sub->seq = start.seq;
  if (auto s = find(sub->stream))
    s->head = std::max(s->head, start.seq);
  for (const auto& frame : start.frames)
    if (sub->who == nullptr || !sub->who->deliver(*sub, frame))
      return lose(sub);
  auto early = std::exchange(sub->early, {});
  for (const auto& [seq, frame] : early)
    hand(sub, seq, frame);
}

void shard::tick(mono_us now) {
  if (retries_.empty())
    return;
  auto due = std::exchange(retries_, {});
  for (auto& [at, sub] : due) {
    if (now < at)
      retries_.emplace_back(at, sub);
    else if (sub->who != nullptr && sub->state == subscription::phase::joining)
      rejoin(sub);
  }
}

/// The HUB may not have been there to hear the first `follow`.
void shard::rejoin(const subscription_ptr& sub) {
  to_.follow(sub->stream);
  join(sub, std::nullopt);
}

// -- deltas -------------------------------------------------------------------

void shard::delta(const protocol::feed_delta& d) {
  auto s = find(d.stream);
  if (!s)
    return;
  s->head = d.seq;
  if (s->backlog.size() >= limits::topic_window_max) {
    s->backlog.clear();
    s->cursor = 0;
    auto members = s->members;
    for (const auto& sub : members)
      if (sub->state == subscription::phase::live)
        lose(sub);
    return;
  }
  s->backlog.push_back({d.seq, d.frame, ctx_.now()});
  if (!s->scheduled)
    work(s);
}

void shard::work(const stream_ptr& s) {
  s->working = true;
  auto budget = ctx_.options.limits.fan_out_chunk;
  while (!s->backlog.empty() && budget > 0) {
    auto [seq, frame, since] = s->backlog.front();
    while (s->cursor < s->members.size() && budget > 0) {
      --budget;
      auto sub = s->members[s->cursor++];
      hand(sub, seq, frame);
    }
    if (s->cursor < s->members.size() || s->backlog.empty())
      continue;
    finish_frame(*s);
  }
  s->working = false;
  if (s->cursor == 0)
    std::erase_if(s->members, [](const auto& x) { return x->who == nullptr; });
  s->scheduled = !s->backlog.empty();
  if (s->scheduled)
    to_.post([this, s] { work(s); });
}

void shard::finish_frame(stream& s) {
  auto span = elapsed(s.backlog.front().since, ctx_.now());
  s.backlog.pop_front();
  s.cursor = 0;
  if (span >= quick_enough && to_.took)
    to_.took(s.key, span);
}

void shard::hand(const subscription_ptr& sub, std::uint64_t seq,
                 const protocol::frame_text& frame) {
  using phase = subscription::phase;
  if (sub->who == nullptr || sub->state == phase::lagging)
    return;
  if (sub->state == phase::joining) {
    // Kept, but not for ever: begin() sees the gap and starts over.
    if (sub->early.size() >= limits::session_queue_max)
      sub->early.pop_front();
    sub->early.emplace_back(seq, frame);
    return;
  }
  if (seq <= sub->seq)
    return;
  if (seq != sub->seq + 1 || !sub->who->deliver(*sub, frame))
    return lose(sub);
  sub->seq = seq;
}

void shard::lose(const subscription_ptr& sub) {
  if (sub->who == nullptr)
    return;
  sub->state = subscription::phase::lagging;
  sub->early.clear();
  ++ctx_.counters.resets;
  sub->who->fell_behind(sub);
}

void shard::reset() {
  auto all = streams_;
  for (auto& [key, s] : all) {
    to_.follow(key);
    s->backlog.clear();
    s->cursor = 0;
    s->newcomers.clear();
    auto members = s->members;
    for (const auto& sub : members)
      if (sub->who != nullptr && sub->state != subscription::phase::lagging)
        resync(sub);
  }
}

} // namespace ringside::net
