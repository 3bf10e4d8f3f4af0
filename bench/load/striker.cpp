#include "bench/load/striker.hpp"

#include "bench/load/must.hpp"

#include <utility>

namespace ringside::load {

striker::striker(reactor& on, const node& at, std::string bout)
  : bout_(std::move(bout)),
    link_(on, at.port(), at.token("operator"),
          [this](std::string_view frame) { received(frame); }) {
  // nop
}

void striker::strike(std::int64_t due) {
  waiting_.push_back({next_command_id(), due});
  link_.send(strike_frame(bout_, waiting_.back().id));
}

void striker::keep_busy(int window) {
  busy_ = true;
  for (int i = 0; i < window; ++i)
    strike(now_ns());
}

void striker::received(std::string_view frame) {
  auto op = text_member(frame, "op");
  if (op == "heartbeat")
    return;
  if (op != "ack" || waiting_.empty()
      || text_member(frame, "command_id") != waiting_.front().id)
    give_up("instead of an ack: " + std::string{frame});
  acks_.add(now_ns() - waiting_.front().due);
  waiting_.pop_front();
  if (then)
    then(integer_member(frame, "version"));
  if (busy_)
    strike(now_ns());
}

} // namespace ringside::load
