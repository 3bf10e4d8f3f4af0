#include "app/feed/camera.hpp"

#include "app/feed/frame_fields.hpp"
#include "app/feed/patience.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace ringside::feed {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds beat_every{500};
constexpr std::size_t batch_max = 32;
/// Batches without an answer; more wait on the camera.
constexpr std::size_t unanswered_max = 16;
/// Times that are kept for the figures.
constexpr std::size_t times_max = 100'000;

} // namespace

camera::camera(const officials::place& where, std::string source_id,
               const device_settings& how, std::vector<std::string> labels)
  : where_(where), source_(std::move(source_id)), device_(where, how),
    labels_(std::move(labels)), http_(where) {
  // nop
}

void camera::add(std::vector<sight> more) {
  std::lock_guard lock{guard_};
  script_.insert(script_.end(), more.begin(), more.end());
}

void camera::add(std::vector<absence> more) {
  std::lock_guard lock{guard_};
  absences_.insert(absences_.end(), more.begin(), more.end());
}

void camera::play(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    auto now = clock::now();
    if (away(now)) {
      device_.cut();
      std::this_thread::sleep_for(breath);
      continue;
    }
    if (!device_.connected()) {
      reconnect();
      continue;
    }
    beat(now);
    resend(now);
    if (auto ready = due(now); !ready.empty())
      send(ready);
    auto until = now + breath;
    {
      std::lock_guard lock{guard_};
      if (!script_.empty())
        until = std::min(until, script_.front().ready);
    }
    device_.pump(until, [this](const json::value& f) { heard(f); });
  }
}

bool camera::away(clock::time_point now) {
  std::lock_guard lock{guard_};
  while (!absences_.empty() && absences_.front().to <= now)
    absences_.pop_front();
  return !absences_.empty() && absences_.front().from <= now;
}

void camera::reconnect() {
  if (auto ok = device_.connect(); !ok) {
    std::this_thread::sleep_for(pause);
    return;
  }
  ++figures_.connections;
  // Whatever was not answered comes again, under its number.
  for (auto& [seq, w] : unanswered_)
    w.resend_at = {};
}

std::vector<sight> camera::due(clock::time_point now) {
  std::vector<sight> out;
  // Without an idea of the time there is nothing to say yet.
  if (!device_.learned().mapping() || now < resume_at_
      || unanswered_.size() >= unanswered_max)
    return out;
  std::lock_guard lock{guard_};
  while (!script_.empty() && script_.front().ready <= now
         && out.size() < batch_max
         && static_cast<std::int64_t>(out.size()) < credit_) {
    out.push_back(script_.front());
    script_.pop_front();
  }
  return out;
}

json::value camera::item(const sight& s) {
  auto t = *device_.learned().at(device_.shows(s.seen));
  if (figures_.times.size() < times_max)
    figures_.times.push_back({s.seen, t.at.count, t.err_us});
  const auto& r = s.what;
  json::object o{{"kind", labels_[r.kind.value_or(0)]},
                 {"at_us", t.at.count},
                 {"err_us", t.err_us},
                 {"in_view", r.in_view}};
  if (r.corner)
    o.emplace("corner", to_string(*r.corner));
  if (r.conf)
    o.emplace("conf_ppm", r.conf->count);
  if (r.severity)
    o.emplace("severity_ppm", r.severity->count);
  if (r.target != bout::strike_target::unknown)
    o.emplace("target", text_of(r.target));
  return json::value{std::move(o)};
}

void camera::send(const std::vector<sight>& all) {
  json::array items;
  for (const auto& s : all)
    items.push_back(item(s));
  auto seq = ++seq_;
  auto text = json::to_text(
    json::value{json::object{{"op", "detections"},
                             {"source_id", source_},
                             {"seq", static_cast<std::int64_t>(seq)},
                             {"items", std::move(items)}}});
  unanswered_.emplace(seq, waiting{text, clock::now() + patience});
  credit_ -= static_cast<std::int64_t>(all.size());
  figures_.reports += all.size();
  ++figures_.batches;
  device_.say(std::move(text));
}

void camera::resend(clock::time_point now) {
  if (now < resume_at_)
    return;
  for (auto& [seq, w] : unanswered_)
    if (w.resend_at <= now) {
      ++figures_.resent;
      w.resend_at = now + patience;
      device_.say(w.text);
    }
}

void camera::beat(clock::time_point now) {
  if (now < beat_at_)
    return;
  beat_at_ = now + beat_every;
  auto answer = http_.post("/api/v1/sources/" + source_ + "/heartbeat",
                           R"({"in_view":true})");
  if (!answer || answer->status != 200)
    return;
  ++figures_.beats;
  if (auto body = json::parse(answer->body)) {
    // A source that was known before goes on with its numbers.
    auto next = number_in(*body, "next_seq").value_or(1);
    seq_ = std::max(seq_, static_cast<std::uint64_t>(next - 1));
    if (unanswered_.empty())
      credit_ = number_in(*body, "credit").value_or(credit_);
  }
}

// -- answers ------------------------------------------------------------------

void camera::heard(const json::value& frame) {
  auto op = text_in(frame, "op");
  if (op == "accepted")
    answered(frame);
  else if (op == "refused")
    refused(frame);
}

void camera::answered(const json::value& frame) {
  auto seq = static_cast<std::uint64_t>(number_in(frame, "seq").value_or(0));
  if (unanswered_.erase(seq) == 0)
    return;
  credit_ = number_in(frame, "credit").value_or(credit_);
  if (const auto* all = frame.find("refused"); all && all->as_array())
    figures_.refused_items += all->as_array()->size();
}

void camera::refused(const json::value& frame) {
  auto code = text_in(frame, "code");
  auto now = clock::now();
  if (code == "rate_limited" || code == "overloaded" || code == "unavailable"
      || code == "timeout") {
    ++figures_.slowed;
    resume_at_ = now + pause;
    for (auto& [seq, w] : unanswered_)
      w.resend_at = std::min(w.resend_at, resume_at_);
    return;
  }
  // It will never be taken.
  unanswered_.erase(
    static_cast<std::uint64_t>(number_in(frame, "seq").value_or(0)));
}

} // namespace ringside::feed
