#include "domain/base/limits.hpp"
#include "domain/bout/rights.hpp"
#include "domain/wire/field_reader.hpp"
#include "net/command_text.hpp"
#include "net/seat_lookup.hpp"
#include "net/ws_session.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

namespace {

/// Exchanges a client may have open at once; one is what it should have.
constexpr std::size_t times_max = 4;

wire::field_reader reader_of(const json::value& frame) {
  return {frame, wire::origin::request};
}

/// What tells the client which of its messages is meant.
json::object about(const json::value& frame) {
  json::object out;
  for (const auto* key : {"topic", "command_id", "source_id"})
    if (const auto* v = frame.find(key); v != nullptr && v->as_string())
      out.emplace(key, *v);
  for (const auto* key : {"n", "seq"})
    if (const auto* v = frame.find(key); v != nullptr && v->as_int())
      out.emplace(key, *v);
  return out;
}

} // namespace

void ws_session::dispatch(const json::value& frame, mono_us s1) {
  const auto* op = frame.find("op");
  const auto* name = op != nullptr ? op->as_string() : nullptr;
  if (name == nullptr)
    return send_refused(refuse(ec::malformed, "a message needs an op", "op"));
  if (*name == "ts")
    return op_ts(frame, s1);
  if (*name == "command")
    return op_command(frame);
  if (*name == "subscribe")
    return op_subscribe(frame);
  if (*name == "unsubscribe")
    return op_unsubscribe(frame);
  if (*name == "ping")
    return op_ping(frame);
  if (*name == "detections")
    return op_detections(frame, s1);
  if (*name == "work")
    return op_work(frame, s1);
  send_refused(refuse(ec::malformed, "there is no such op", "op"));
}

void ws_session::op_ping(const json::value& frame) {
  auto f = reader_of(frame);
  std::string op;
  f.name("op", op);
  if (auto ok = f.finish(); !ok)
    return send_refused(ok.reason());
  send_object({{"op", "pong"}});
}

void ws_session::op_ts(const json::value& frame, mono_us s1) {
  auto f = reader_of(frame);
  std::string op;
  time_question question;
  std::optional<std::int64_t> c3;
  std::optional<std::int64_t> quantum;
  f.name("op", op);
  f.integer("n", question.n, 0, json::integer_max);
  f.integer("c0", question.c0, 0, json::integer_max);
  f.optional_integer("c3_prev", c3, 0, json::integer_max);
  f.optional_integer("quantum_us", quantum, 1, device_clock::quantum_max_us);
  if (auto ok = f.finish(); !ok)
    return send_refused(ok.reason(), about(frame));
  if (times_.size() >= times_max)
    return send_refused(refuse(ec::rate_limited, "one exchange at a time"),
                        about(frame));
  question.s1 = s1;
  if (quantum)
    device_clock_.resolution(*quantum);
  if (device_clock_.asked(c3))
    tell_clock();
  times_.push_back(question);
  if (!writing_)
    send_time();
}

void ws_session::tell_clock() {
  if (!token_)
    return;
  const auto& last = device_clock_.last();
  gate_.tell_clock(protocol::clock_reading{
    id_, who_.account, who_.role, *device_clock_.line().mapping(),
    last.trip_us(), device_clock_.quantum_us(), device_clock_.line().resets(),
    device_clock_.exchanges(), ctx_.now()});
  clock_told_ = true;
}

// -- commands -----------------------------------------------------------------

void ws_session::op_command(const json::value& frame) {
  auto body = *frame.as_object();
  auto refused = [&](const error& why) { send_refused(why, about(frame)); };
  const auto* id = frame.find("bout_id");
  if (id == nullptr || id->as_string() == nullptr
      || !valid_id_text(*id->as_string()))
    return refused(
      refuse(ec::malformed, "a command needs the id of its bout", "bout_id"));
  bout_id bout{*id->as_string()};
  body.erase("op");
  body.erase("bout_id");
  auto parsed = wire::parse_command(json::value{std::move(body)},
                                    issuer{who_.role, who_.account});
  if (!parsed)
    return refused(parsed.reason());
  auto what = bout::operation_of(parsed->command.body);
  if (!bout::allowed(who_.role, what))
    return refused(not_allowed(who_.role, what));
  if (in_flight_ >= limits::session_in_flight_max)
    return refused(refuse(ec::overloaded, "too many commands wait", {},
                          "wait for answers before sending more"));
  pass_on(bout, std::move(*parsed));
}

void ws_session::pass_on(const bout_id& bout, wire::parsed_command what) {
  ++in_flight_;
  auto id = what.command.id;
  if (what.at)
    what.command.occurred = device_clock_.map(*what.at, ctx_.now());
  auto sits = who_.role == role::judge
              && std::holds_alternative<bout::bind_seat>(what.command.body);
  auto command = std::make_shared<const bout::command>(std::move(what.command));
  gate_.submit(
    bout, std::move(command),
    [weak = weak_from_this(), id, bout, sits](const command_outcome& outcome) {
      auto self = weak.lock();
      if (!self)
        return;
      self->answered(id, bout, outcome);
      if (sits)
        self->check_seats();
    });
}

void ws_session::answered(const uuid& id, const bout_id& bout,
                          const command_outcome& outcome) {
  --in_flight_;
  if (const auto* why = std::get_if<error>(&outcome))
    return send_refused(*why, {{"command_id", to_string(id)}});
  auto fields = accepted_fields(std::get<protocol::accepted>(outcome));
  fields.insert_or_assign("op", "ack");
  fields.insert_or_assign("command_id", to_string(id));
  fields.insert_or_assign("bout_id", bout.str());
  send_object(std::move(fields));
}

// -- topics -------------------------------------------------------------------

void ws_session::op_subscribe(const json::value& frame) {
  auto f = reader_of(frame);
  std::string op;
  std::string topic;
  followed wanted;
  f.name("op", op);
  f.name("topic", topic);
  f.optional_integer("after", wanted.after, 0, json::integer_max);
  f.integer_or("seat", wanted.wanted_seat, 0, 0, limits::seats_max);
  auto refused = [&](const error& why) { send_refused(why, about(frame)); };
  if (auto ok = f.finish(); !ok)
    return refused(ok.reason());
  auto info = parse_topic(topic);
  if (!info)
    return refused(info.reason());
  if (!bout::allowed(who_.role, info->right))
    return refused(not_allowed(who_.role, info->right));
  wanted.info = *info;
  auto i = topics_.find(topic);
  if (i != topics_.end())
    leave(i->second);
  else if (topics_.size() >= limits::session_topics_max)
    return refused(refuse(ec::overloaded, "too many topics", "topic",
                          "unsubscribe from one first"));
  auto& kept = topics_.insert_or_assign(topic, std::move(wanted)).first->second;
  if (who_.role == role::judge && kept.info.bout)
    check_seat(topic, kept);
  else
    follow(topic, kept);
}

void ws_session::op_unsubscribe(const json::value& frame) {
  auto f = reader_of(frame);
  std::string op;
  std::string topic;
  f.name("op", op);
  f.name("topic", topic);
  if (auto ok = f.finish(); !ok)
    return send_refused(ok.reason(), about(frame));
  auto i = topics_.find(topic);
  if (i == topics_.end())
    return send_refused(refuse(ec::not_found, "not subscribed", "topic"),
                        about(frame));
  leave(i->second);
  topics_.erase(i);
  send_object({{"op", "unsubscribed"}, {"topic", topic}});
  if (!doors_.empty())
    tell_presence(true);
}

void ws_session::follow(const std::string& topic, followed& f) {
  f.sub = std::make_shared<subscription>();
  f.sub->stream = stream_of(topic, f.info, who_.role, f.seat);
  f.sub->who = this;
  gate_.feeds().subscribe(f.sub, std::exchange(f.after, std::nullopt));
  if (f.info.bout)
    tell_presence(true);
}

void ws_session::leave(followed& f) {
  if (!f.sub)
    return;
  gate_.feeds().unsubscribe(f.sub);
  box_.forget(f.sub.get());
  lagging_.erase(f.sub);
  f.sub.reset();
}

void ws_session::follow_all_again() {
  for (auto i = topics_.begin(); i != topics_.end();) {
    auto& [topic, f] = *i;
    leave(f);
    f.seat = 0;
    if (!bout::allowed(who_.role, f.info.right)) {
      send_refused(not_allowed(who_.role, f.info.right), {{"topic", topic}});
      i = topics_.erase(i);
      continue;
    }
    send_object({{"op", "reset"}, {"topic", topic}});
    if (who_.role == role::judge && f.info.bout)
      check_seat(topic, f);
    else
      follow(topic, f);
    ++i;
  }
}

// -- seats --------------------------------------------------------------------

void ws_session::check_seats() {
  if (who_.role != role::judge)
    return;
  for (auto& [topic, f] : topics_)
    if (f.info.bout && !f.checking)
      check_seat(topic, f);
}

void ws_session::check_seat(const std::string& topic, followed& f) {
  f.checking = true;
  auto account = who_.account;
  find_seat(gate_, *f.info.bout, account,
            [weak = weak_from_this(), topic, account](int seat) {
              auto self = weak.lock();
              if (self && !self->ending_)
                self->seat_found(topic,
                                 account == self->who_.account ? seat : 0);
            });
}

void ws_session::seat_found(const std::string& topic, int seat) {
  auto i = topics_.find(topic);
  if (i == topics_.end())
    return;
  auto& f = i->second;
  f.checking = false;
  if (who_.role != role::judge || (f.wanted_seat > 0 && seat != f.wanted_seat))
    seat = 0;
  if (f.sub && f.seat == seat)
    return;
  auto again = f.sub != nullptr;
  leave(f);
  f.seat = seat;
  if (again)
    send_object({{"op", "reset"}, {"topic", topic}});
  follow(topic, f);
}

} // namespace ringside::net
