#include "app/feed/watcher.hpp"

#include "app/feed/patience.hpp"

#include <thread>
#include <utility>

namespace ringside::feed {

watcher::watcher(const officials::place& where, const bout_id& bout)
  : bout_(bout), device_(where, device_settings{}) {
  // nop
}

result<unit> watcher::start() {
  if (auto ok = device_.connect(); !ok)
    return ok;
  thread_ = std::jthread{[this](const std::stop_token& s) { play(s); }};
  return unit{};
}

void watcher::stop() {
  thread_.request_stop();
  if (thread_.joinable())
    thread_.join();
}

std::optional<timing::bounded_time> watcher::placed(clock::time_point t) const {
  return device_.learned().at(device_.shows(t));
}

void watcher::play(const std::stop_token& stop) {
  auto subscribe = json::to_text(json::value{
    json::object{{"op", "subscribe"}, {"topic", "fusion/" + bout_.str()}}});
  device_.say(subscribe);
  while (!stop.stop_requested()) {
    if (!device_.connected()) {
      ++gaps_;
      if (!device_.connect()) {
        std::this_thread::sleep_for(pause);
        continue;
      }
      device_.say(subscribe);
    }
    device_.pump(clock::now() + breath,
                 [this](const json::value& f) { take(f); });
  }
}

void watcher::take(const json::value& frame) {
  const auto* op = frame.find("op");
  const auto* said = op != nullptr ? op->as_string() : nullptr;
  if (said == nullptr)
    return;
  const auto* seq = frame.find("seq");
  const auto* fresh = frame.find(*said == "snapshot" ? "state" : "changes");
  if (seq == nullptr || !seq->as_int() || fresh == nullptr
      || fresh->as_object() == nullptr)
    return;
  if (*said == "delta" && seq_ >= 0 && *seq->as_int() != seq_ + 1)
    ++gaps_;
  seq_ = *seq->as_int();
  auto now = clock::now();
  for (const auto& [slot, event] : *fresh->as_object())
    if (event.find("event_id") != nullptr)
      heard_.push_back({now, event});
}

} // namespace ringside::feed
