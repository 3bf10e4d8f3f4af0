#include "app/officials/desk.hpp"

#include "domain/wire/command_codec.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <sodium.h>

namespace ringside::officials {

namespace {

using std::chrono::milliseconds;

constexpr json::limits frame_limits{4 * 1024 * 1024, 16};
constexpr milliseconds busy_pause{100};
constexpr milliseconds reconnect_pause{200};
/// Longest single wait on the socket, so that a stop is noticed.
constexpr milliseconds longest_read{100};

std::string text_in(const json::value& frame, std::string_view key) {
  const auto* found = frame.find(key);
  return found != nullptr && found->as_string() != nullptr ? *found->as_string()
                                                           : std::string{};
}

/// Refusals that a later try may turn into an ack.
bool passing(std::string_view code) noexcept {
  constexpr std::array<std::string_view, 4> codes{"rate_limited", "overloaded",
                                                  "timeout", "unavailable"};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

ec code_of(std::string_view text) noexcept {
  for (auto i = 0; i <= static_cast<int>(ec::internal); ++i)
    if (to_string(static_cast<ec>(i)) == text)
      return static_cast<ec>(i);
  return ec::internal;
}

} // namespace

uuid new_uuid() {
  uuid id;
  randombytes_buf(id.bytes.data(), id.bytes.size());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x40);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
  return id;
}

desk::desk(const place& where, desk_options options)
  : options_(std::move(options)), ws_(where) {
  // nop
}

result<unit> desk::connect() {
  return ws_.connect();
}

void desk::post(const bout_id& bout, bout::command_body what, on_ack then) {
  bout::command c;
  c.id = new_uuid();
  c.body = std::move(what);
  auto frame = wire::command_json(c);
  frame.as_object()->emplace("op", "command");
  frame.as_object()->emplace("bout_id", bout.str());
  while (pending_.size() >= options_.window)
    read_one(clock::now() + longest_read);
  while (clock::now() < slow_until_ && !options_.stopping())
    read_one(slow_until_);
  auto now = clock::now();
  auto text = json::to_text(frame);
  pending_.emplace(to_string(c.id),
                   entry{text, now, now + options_.resend, std::move(then)});
  send(text);
}

void desk::pump(clock::time_point until, bool stay) {
  while (clock::now() < until && (stay || !pending_.empty())
         && !options_.stopping())
    read_one(until);
}

result<unit> desk::drain() {
  while (!pending_.empty())
    read_one(clock::now() + longest_read);
  return std::exchange(first_refusal_, unit{});
}

result<ack> desk::ask(const bout_id& bout, bout::command_body what) {
  result<ack> outcome{refuse(ec::internal, "no answer was read")};
  auto done = false;
  post(bout, std::move(what), [&](const result<ack>& x) {
    outcome = x;
    done = true;
  });
  while (!done)
    read_one(clock::now() + longest_read);
  return outcome;
}

// -- reading ------------------------------------------------------------------

void desk::read_one(clock::time_point until) {
  if (options_.stopping())
    return fail_all(refuse(ec::unavailable, "stopped"));
  if (lost_)
    return reconnect();
  auto now = clock::now();
  resend_due(now);
  auto wait = std::clamp(std::chrono::ceil<milliseconds>(until - now),
                         milliseconds{0}, longest_read);
  auto text = ws_.read(wait);
  if (!text) {
    lost_ = text.reason().code != ec::timeout;
    return;
  }
  if (auto frame = json::parse(*text, frame_limits))
    received(*frame);
}

void desk::received(const json::value& frame) {
  auto op = text_in(frame, "op");
  if (op == "refused")
    return refused(frame);
  if (op != "ack")
    return;
  // An answer to a command that was sent twice may come twice.
  if (auto i = pending_.find(text_in(frame, "command_id")); i != pending_.end())
    acked(i, frame);
}

void desk::acked(entries::iterator i, const json::value& frame) {
  ack a;
  a.sent = i->second.sent;
  a.answered = clock::now();
  if (const auto* v = frame.find("version"); v != nullptr && v->as_int())
    a.version = *v->as_int();
  if (const auto* all = frame.find("events"); all != nullptr && all->as_array())
    a.events = static_cast<int>(all->as_array()->size());
  ack_us_.push_back(
    std::chrono::duration_cast<std::chrono::microseconds>(a.answered - a.sent)
      .count());
  finish(i, a);
}

void desk::refused(const json::value& frame) {
  auto code = text_in(frame, "code");
  auto i = pending_.find(text_in(frame, "command_id"));
  auto now = clock::now();
  if (passing(code)) {
    // Without an id it may be any of them: what is answered meanwhile drops
    // out, the rest is sent again.
    slow_until_ = now + busy_pause;
    for (auto& [id, x] : pending_)
      if (i == pending_.end() || id == i->first)
        x.resend_at = std::min(x.resend_at, now + 2 * busy_pause);
    return;
  }
  if (i == pending_.end())
    return;
  error reason{code_of(code), text_in(frame, "detail"), text_in(frame, "field"),
               text_in(frame, "hint")};
  finish(i, reason);
}

void desk::finish(entries::iterator i, const result<ack>& outcome) {
  auto then = std::move(i->second.then);
  pending_.erase(i);
  if (then)
    then(outcome);
  else if (!outcome && first_refusal_)
    first_refusal_ = outcome.reason();
}

void desk::fail_all(const error& reason) {
  while (!pending_.empty())
    finish(pending_.begin(), reason);
}

// -- sending ------------------------------------------------------------------

void desk::send(const std::string& text) {
  if (!lost_ && !ws_.send(text))
    lost_ = true;
}

void desk::resend_due(clock::time_point now) {
  for (auto i = pending_.begin(); i != pending_.end();) {
    auto here = i++;
    auto& x = here->second;
    if (now < x.resend_at)
      continue;
    if (now - x.sent > options_.patience) {
      finish(here, refuse(ec::timeout,
                          "the node gave no answer in "
                            + std::to_string(options_.patience.count() / 1'000)
                            + " s"));
      continue;
    }
    x.resend_at = now + options_.resend;
    ++resent_;
    send(x.text);
  }
}

void desk::reconnect() {
  auto end = clock::now() + options_.patience;
  while (clock::now() < end && !options_.stopping()) {
    if (ws_.connect()) {
      lost_ = false;
      for (auto& [id, x] : pending_)
        x.resend_at = {};
      return;
    }
    std::this_thread::sleep_for(reconnect_pause);
  }
  fail_all(refuse(ec::io_error, "the connection to the node is lost"));
}

} // namespace ringside::officials
