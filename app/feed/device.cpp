#include "app/feed/device.hpp"

#include "app/feed/frame_fields.hpp"
#include "domain/base/portable_math.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ringside::feed {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr json::limits frame_limits{4 * 1024 * 1024, 16};
// timesync reference, section 3.
constexpr int burst_size = 8;
constexpr milliseconds burst_every{100};
constexpr milliseconds ask_every{1'000};
constexpr milliseconds lost_after{3'000};
constexpr milliseconds longest_read{50};
/// So that no drift makes a clock negative.
constexpr std::int64_t zero_us = 3'600'000'000;

bool answers_time(const json::value& frame) {
  const auto* op = frame.find("op");
  return op != nullptr && op->as_string() != nullptr
         && *op->as_string() == "ts";
}

} // namespace

std::int64_t local_us(clock::time_point t) noexcept {
  static const auto zero = clock::now();
  return zero_us + std::chrono::duration_cast<microseconds>(t - zero).count();
}

std::int64_t wrong_clock::at(clock::time_point t) const noexcept {
  auto us = local_us(t);
  return us + ahead_us + (us - zero_us) * drift_ppb / 1'000'000'000;
}

std::int64_t slow_network::draw(dice& d) const noexcept {
  auto us = least_us;
  if (more_us > 0)
    us += std::llround(-static_cast<double>(more_us)
                       * portable::ln(portable::uniform(d)));
  if (stall_us > 0 && d.chance(stall_ppm))
    us += d.below(stall_us);
  return us;
}

device::device(const officials::place& where, const device_settings& settings)
  : where_(where), settings_(settings), dice_(settings.seed) {
  local_us(clock::now());
}

result<unit> device::connect() {
  cut();
  net::ws_client fresh{where_};
  if (auto ok = fresh.connect(); !ok)
    return ok;
  ws_.emplace(std::move(fresh));
  burst_ = burst_size;
  ask_at_ = {};
  return unit{};
}

void device::cut() {
  ws_.reset();
  out_.clear();
  in_.clear();
  waiting_ = false;
  // The node knows nothing of an exchange on another connection.
  c3_.reset();
}

clock::time_point device::through(const slow_network& way,
                                  const std::deque<parcel>& before) {
  auto due = clock::now() + microseconds{way.draw(dice_)};
  return before.empty() ? due : std::max(due, before.back().due);
}

void device::say(std::string text) {
  out_.push_back({through(settings_.up, out_), std::move(text)});
}

// -- the time -----------------------------------------------------------------

void device::ask_time(clock::time_point now) {
  if (now < ask_at_)
    return;
  json::object o{{"op", "ts"},
                 {"n", ++asked_},
                 {"c0", shows(now)},
                 {"quantum_us", std::int64_t{1}}};
  if (c3_)
    o.emplace("c3_prev", *c3_);
  c3_.reset();
  say(json::to_text(json::value{std::move(o)}));
  waiting_ = true;
  ask_at_ = now + lost_after;
}

void device::answered_time(const json::value& frame, clock::time_point now) {
  auto n = number_in(frame, "n");
  auto c0 = number_in(frame, "c0");
  auto s1 = number_in(frame, "s1");
  auto s2 = number_in(frame, "s2");
  if (!n || !c0 || !s1 || !s2 || *n != asked_ || !waiting_)
    return;
  c3_ = shows(now);
  learned_.add({*c0, *s1, *s2, *c3_});
  waiting_ = false;
  ask_at_ = now + (--burst_ > 0 ? burst_every : ask_every);
}

// -- the wire -----------------------------------------------------------------

bool device::send_due(clock::time_point now) {
  while (!out_.empty() && out_.front().due <= now) {
    if (!ws_->send(out_.front().text))
      return false;
    out_.pop_front();
  }
  return true;
}

void device::hand_over(clock::time_point now, const on_frame& heard) {
  while (!in_.empty() && in_.front().due <= now) {
    auto text = std::move(in_.front().text);
    in_.pop_front();
    auto frame = json::parse(text, frame_limits);
    if (!frame)
      continue;
    if (answers_time(*frame))
      answered_time(*frame, now);
    else if (heard)
      heard(*frame);
  }
}

clock::time_point device::next_due() const {
  auto due = ask_at_;
  if (!out_.empty())
    due = std::min(due, out_.front().due);
  if (!in_.empty())
    due = std::min(due, in_.front().due);
  return due;
}

void device::pump(clock::time_point until, const on_frame& heard) {
  do {
    if (!ws_)
      return;
    auto now = clock::now();
    ask_time(now);
    if (!send_due(now))
      return cut();
    hand_over(now, heard);
    auto wait
      = std::clamp<clock::duration>(std::min(until, next_due()) - clock::now(),
                                    milliseconds{0}, longest_read);
    auto text = ws_->read(std::chrono::ceil<milliseconds>(wait));
    if (text)
      in_.push_back({through(settings_.down, in_), std::move(*text)});
    else if (text.reason().code != ec::timeout)
      return cut();
  } while (clock::now() < until);
  hand_over(clock::now(), heard);
}

} // namespace ringside::feed
