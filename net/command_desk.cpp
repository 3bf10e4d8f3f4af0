#include "net/command_desk.hpp"

#include "domain/base/limits.hpp"

#include <utility>
#include <vector>

namespace ringside::net {

namespace {

/// The seat a command of a judge is about, or 0.
int seat_of(const bout::command_body& body) noexcept {
  if (const auto* x = std::get_if<bout::submit_card>(&body))
    return x->seat;
  if (const auto* x = std::get_if<bout::bind_seat>(&body))
    return x->seat;
  if (const auto* x = std::get_if<bout::log_fact>(&body))
    if (const auto* press = std::get_if<bout::press>(&x->what))
      return press->seat;
  return 0;
}

bool names_seat(const bout::command_body& body) noexcept {
  const auto* fact = std::get_if<bout::log_fact>(&body);
  return std::holds_alternative<bout::submit_card>(body)
         || std::holds_alternative<bout::bind_seat>(body)
         || (fact != nullptr
             && std::holds_alternative<bout::press>(fact->what));
}

span_us span_of(std::chrono::milliseconds ms) noexcept {
  return milliseconds(ms.count());
}

} // namespace

result<std::string> door_of(const bout_id& bout, const bout::command& what) {
  if (std::holds_alternative<bout::create_bout>(what.body))
    return std::string{"bouts"};
  auto base = "bout/" + bout.str();
  if (what.by.role == role::judge && names_seat(what.body)) {
    auto seat = seat_of(what.body);
    if (seat < 1 || seat > limits::seats_max)
      return refuse(ec::invalid_value, "there is no such seat", "seat");
    return base + "/seat/" + std::to_string(seat);
  }
  return base + "/desk/" + std::string{text_of(what.by.role)};
}

command_desk::command_desk(net_context& ctx, sender send)
  : ctx_(ctx), send_(std::move(send)) {
  // nop
}

void command_desk::submit(const protocol::answer_sink& me, const bout_id& bout,
                          command_ptr what, on_command done) {
  auto door = door_of(bout, *what);
  if (!door)
    return done(door.reason());
  if (waiting_.size() >= size_max)
    return done(refuse(ec::overloaded, "too many commands wait for an answer"));
  auto now = ctx_.now();
  const auto& l = ctx_.options.limits;
  protocol::submit message{me, ++last_tag_, bout, std::move(what)};
  waiting_.emplace(last_tag_,
                   entry{message, *door, after(now, span_of(l.command_resend)),
                         after(now, span_of(l.command_timeout)), false,
                         std::move(done)});
  ++ctx_.counters.commands;
  send_(*door, std::move(message));
}

void command_desk::answer(std::uint64_t tag, const command_outcome& outcome) {
  auto i = waiting_.find(tag);
  if (i == waiting_.end())
    return;
  auto done = std::move(i->second.done);
  waiting_.erase(i);
  done(outcome);
}

void command_desk::tick(mono_us now) {
  std::vector<std::uint64_t> given_up;
  std::vector<std::uint64_t> again;
  for (auto& [tag, x] : waiting_) {
    if (now >= x.deadline) {
      given_up.push_back(tag);
    } else if (!x.resent && now >= x.resend_at) {
      x.resent = true;
      again.push_back(tag);
    }
  }
  for (auto tag : given_up) {
    ++ctx_.counters.commands_timed_out;
    answer(tag, refuse(ec::timeout, "no answer in time; it may have been done",
                       {}, "send it again with the same command_id"));
  }
  // Sending may answer at once, so each is looked up again.
  for (auto tag : again) {
    auto i = waiting_.find(tag);
    if (i == waiting_.end())
      continue;
    ++ctx_.counters.commands_resent;
    auto door = i->second.door;
    auto what = i->second.what;
    send_(door, std::move(what));
  }
}

void command_desk::close() {
  auto all = std::exchange(waiting_, {});
  for (auto& [tag, x] : all)
    x.done(refuse(ec::unavailable, "the node is stopping"));
}

} // namespace ringside::net
