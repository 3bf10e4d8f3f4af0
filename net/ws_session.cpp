#include "net/ws_session.hpp"

#include "domain/base/limits.hpp"
#include "net/detections.hpp"
#include "net/json_request.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

namespace {

/// Refusals in a row after which a client that does not slow down is cut off.
constexpr int strikes_max = 200;

rate rate_for(role who, const net_limits& l) noexcept {
  if (who == role::judge)
    return l.judge;
  return is_spectator(who) ? l.viewer : l.operators;
}

} // namespace

bool is_spectator(role who) noexcept {
  return who == role::viewer || who == role::broadcast;
}

ws_session::ws_session(net_context& ctx, gateway& gate, std::string id,
                       std::optional<token_digest> token)
  : ctx_(ctx), gate_(gate), id_(std::move(id)), token_(token),
    bucket_(ctx.options.limits.viewer),
    box_(ctx.options.limits.viewer_queue,
         ctx.options.limits.viewer_queue_bytes) {
  if (token_)
    if (auto who = ctx_.identify(*token_))
      become(std::move(*who));
}

void ws_session::opened(ws_transport& down) {
  down_ = &down;
  ++ctx_.counters.sessions;
}

void ws_session::received(std::string_view text, mono_us s1) {
  if (ending_ || !refresh())
    return;
  ++ctx_.counters.frames_in;
  if (!bucket_.take(s1)) {
    ++ctx_.counters.rate_limited;
    if (++strikes_ > strikes_max)
      return end(close_code::policy, "too many messages");
    return send_refused(refuse(ec::rate_limited, "too many messages", {},
                               "send fewer per second"));
  }
  strikes_ = 0;
  auto bytes_max = who_.role == role::source ? limits::source_bytes_max
                                             : limits::request_bytes_max;
  // Detections are in the source's own format; all else is ours.
  auto foreign = who_.role == role::source;
  auto frame = parse_request(text, bytes_max, foreign);
  if (foreign && frame && !is_detections(*frame))
    frame = parse_request(text, bytes_max);
  if (!frame)
    return send_refused(frame.reason());
  dispatch(*frame, s1);
}

void ws_session::closed() {
  if (down_ == nullptr)
    return;
  down_ = nullptr;
  ending_ = true;
  --ctx_.counters.sessions;
  tell_presence(false);
  if (clock_told_)
    gate_.tell_clock(protocol::clock_gone{id_});
  for (auto& [topic, f] : topics_)
    leave(f);
  topics_.clear();
  lagging_.clear();
}

void ws_session::shut() {
  end(close_code::going_away, "the node is stopping");
}

void ws_session::end(std::uint16_t code, std::string_view reason) {
  if (std::exchange(ending_, true) || down_ == nullptr)
    return;
  down_->close(code, reason);
}

// -- identity -----------------------------------------------------------------

bool ws_session::refresh() {
  if (!token_)
    return true;
  auto who = ctx_.identify(*token_);
  if (!who) {
    end(close_code::policy, "the token is not valid any more");
    return false;
  }
  if (*who != who_) {
    auto again = who->role != who_.role || who->account != who_.account;
    become(std::move(*who));
    if (again)
      follow_all_again();
  }
  return true;
}

void ws_session::become(identity who) {
  const auto& l = ctx_.options.limits;
  if (who.role != who_.role) {
    bucket_ = rate_bucket{rate_for(who.role, l)};
    if (!is_spectator(who.role))
      box_.resize(l.official_queue, l.official_queue_bytes);
  }
  who_ = std::move(who);
}

// -- heartbeat and presence ---------------------------------------------------

void ws_session::beat() {
  if (ending_ || down_ == nullptr || !refresh())
    return;
  // One that does not read gets no more of them.
  if (!writing_)
    send_heartbeat();
  if (++beats_ % 2 != 0)
    return;
  tell_presence(true);
  check_seats();
}

void ws_session::send_heartbeat() {
  std::string text = "{\"now_us\":";
  json::append_integer(text, ctx_.now().count);
  text += ",\"op\":\"heartbeat\",\"seqs\":{";
  bool first = true;
  for (const auto& [topic, f] : topics_) {
    if (!f.sub)
      continue;
    if (!std::exchange(first, false))
      text += ',';
    json::append_string(text, topic);
    text += ':';
    json::append_integer(
      text, static_cast<std::int64_t>(gate_.feeds().head(f.sub->stream)));
  }
  text += "}}";
  send(std::move(text));
}

void ws_session::tell_presence(bool present) {
  std::set<std::string> now;
  for (const auto& [topic, f] : topics_) {
    if (!f.info.bout || is_spectator(who_.role) || !token_)
      continue;
    auto base = "bout/" + f.info.bout->str();
    if (who_.role != role::judge)
      now.insert(base + "/desk/" + std::string{text_of(who_.role)});
    else if (f.seat > 0)
      // Only where the judge is known to sit: a life sign proves nothing.
      now.insert(base + "/seat/" + std::to_string(f.seat));
  }
  auto sign = [this](bool here) {
    return protocol::contact{who_.account, id_, {}, here};
  };
  for (const auto& door : doors_)
    if (!present || !now.contains(door))
      gate_.contact(door, sign(false));
  if (present)
    for (const auto& door : now)
      gate_.contact(door, sign(true));
  doors_ = present ? std::move(now) : std::set<std::string>{};
}

// -- by the shard -------------------------------------------------------------

bool ws_session::deliver(subscription& sub, const protocol::frame_text& frame) {
  if (ending_)
    return true;
  if (!writing_) {
    start(frame);
    return true;
  }
  if (box_.push_frame(frame, &sub))
    return true;
  auto losers = box_.drop_frames();
  for (const auto& [topic, f] : topics_)
    if (f.sub && f.sub.get() != &sub
        && std::find(losers.begin(), losers.end(), f.sub.get()) != losers.end())
      gate_.feeds().lose(f.sub);
  return false;
}

void ws_session::fell_behind(const subscription_ptr& sub) {
  lagging_.insert(sub);
  if (!writing_)
    resync_lagging();
}

void ws_session::starts_over(const subscription& sub) {
  box_.forget(&sub);
  send_object({{"op", "reset"}, {"topic", sub.stream.topic}});
}

void ws_session::turned_away(const subscription_ptr& sub, const error& why) {
  auto topic = sub->stream.topic;
  auto i = topics_.find(topic);
  if (i != topics_.end() && i->second.sub == sub)
    topics_.erase(i);
  lagging_.erase(sub);
  send_refused(why, {{"topic", topic}});
}

// -- writing ------------------------------------------------------------------

void ws_session::start(protocol::frame_text frame) {
  writing_ = true;
  ++ctx_.counters.frames_out;
  ctx_.counters.bytes_out += frame->size();
  down_->write(std::move(frame));
}

void ws_session::written() {
  writing_ = false;
  if (ending_ || down_ == nullptr || send_time())
    return;
  if (auto next = box_.pop())
    return start(std::move(next));
  resync_lagging();
}

void ws_session::resync_lagging() {
  for (const auto& sub : std::exchange(lagging_, {}))
    gate_.feeds().resync(sub);
}

bool ws_session::send_time() {
  if (times_.empty())
    return false;
  auto question = times_.front();
  times_.pop_front();
  json::object fields{{"op", "ts"},
                      {"n", question.n},
                      {"c0", question.c0},
                      {"s1", question.s1.count}};
  // Last, so that nothing but the write itself lies behind it.
  auto s2 = ctx_.now();
  fields.emplace("s2", s2.count);
  device_clock_.answered(question.c0, question.s1, s2);
  start(std::make_shared<const std::string>(json::to_text(fields)));
  return true;
}

void ws_session::send(std::string text) {
  if (ending_ || down_ == nullptr)
    return;
  auto frame = std::make_shared<const std::string>(std::move(text));
  if (!writing_)
    return start(std::move(frame));
  if (box_.push_answer(frame))
    return;
  // Streams make room for answers: they can start over.
  auto losers = box_.drop_frames();
  for (const auto& [topic, f] : topics_)
    if (f.sub
        && std::find(losers.begin(), losers.end(), f.sub.get()) != losers.end())
      gate_.feeds().lose(f.sub);
  if (box_.push_answer(std::move(frame)))
    return;
  ++ctx_.counters.overflows;
  end(close_code::try_again, "answers are not read");
}

void ws_session::send_object(json::object fields) {
  send(json::to_text(fields));
}

void ws_session::send_refused(const error& why, json::object about) {
  ++ctx_.counters.refused_frames;
  about.insert_or_assign("op", "refused");
  about.insert_or_assign("code", to_string(why.code));
  about.insert_or_assign("detail", why.detail);
  if (!why.field.empty())
    about.insert_or_assign("field", why.field);
  if (!why.hint.empty())
    about.insert_or_assign("hint", why.hint);
  send_object(std::move(about));
}

} // namespace ringside::net
