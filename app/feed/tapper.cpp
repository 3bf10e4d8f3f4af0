#include "app/feed/tapper.hpp"

#include "app/feed/frame_fields.hpp"
#include "app/feed/patience.hpp"
#include "domain/wire/command_codec.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace ringside::feed {

tapper::tapper(const officials::place& where, const device_settings& how,
               std::vector<std::string> labels)
  : device_(where, how), labels_(std::move(labels)) {
  // nop
}

void tapper::watch(const bout_id& bout) {
  std::lock_guard lock{guard_};
  bout_ = bout;
}

void tapper::add(std::vector<sight> more) {
  std::lock_guard lock{guard_};
  script_.insert(script_.end(), more.begin(), more.end());
}

void tapper::play(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (!device_.connected()) {
      if (auto ok = device_.connect(); !ok) {
        std::this_thread::sleep_for(pause);
        continue;
      }
      for (auto& [id, w] : unanswered_)
        w.resend_at = {};
    }
    auto now = clock::now();
    send_due(now);
    auto until = now + breath;
    {
      std::lock_guard lock{guard_};
      if (!script_.empty())
        until = std::min(until, script_.front().seen);
    }
    device_.pump(until, [this](const json::value& f) { heard(f); });
  }
}

void tapper::send_due(clock::time_point now) {
  std::vector<sight> ready;
  bout_id bout;
  {
    std::lock_guard lock{guard_};
    bout = bout_;
    for (; !script_.empty() && script_.front().seen <= now; script_.pop_front())
      ready.push_back(script_.front());
  }
  for (const auto& s : ready)
    send(s, bout);
  for (auto& [id, w] : unanswered_)
    if (w.resend_at <= now) {
      ++figures_.resent;
      w.resend_at = now + patience;
      device_.say(w.text);
    }
}

void tapper::send(const sight& s, const bout_id& bout) {
  bout::strike what;
  what.corner = s.what.corner.value_or(corner::red);
  what.technique = labels_[s.what.kind.value_or(0)];
  what.target = s.what.target;
  bout::command c;
  c.id = officials::new_uuid();
  c.body = bout::log_fact{what, {}};
  auto frame = wire::command_json(c);
  auto& o = *frame.as_object();
  o["op"] = "command";
  o["bout_id"] = bout.str();
  o["at"] = json::object{{"device_us", device_.shows(s.seen)},
                         {"generation", std::int64_t{0}}};
  auto text = json::to_text(frame);
  unanswered_.emplace(to_string(c.id), waiting{text, clock::now() + patience});
  ++figures_.taps;
  device_.say(std::move(text));
}

void tapper::heard(const json::value& frame) {
  auto op = text_in(frame, "op");
  auto found = unanswered_.find(text_in(frame, "command_id"));
  if (found == unanswered_.end() || (op != "ack" && op != "refused"))
    return;
  auto code = text_in(frame, "code");
  if (code == "overloaded" || code == "timeout" || code == "unavailable") {
    found->second.resend_at = clock::now() + pause;
    return;
  }
  figures_.refused += op == "refused" ? 1 : 0;
  unanswered_.erase(found);
}

} // namespace ringside::feed
