#include "tests/crash/command_load.hpp"

#include "domain/base/uuid.hpp"
#include "tests/crash/crash_fixture.hpp"

#include <algorithm>
#include <utility>

namespace ringside::test {

namespace {

using state = sent_command::state;

/// As many as a session may have in flight, and some less.
constexpr std::size_t retry_window = 48;

/// Answers that leave open what became of the command.
bool says_nothing(const std::string& code) {
  return code == "timeout" || code == "unavailable" || code == "overloaded"
         || code == "rate_limited" || code == "read_only";
}

std::string new_id(std::mt19937_64& random) {
  uuid id;
  for (auto& byte : id.bytes)
    byte = static_cast<std::uint8_t>(random());
  return to_string(id);
}

} // namespace

command_load::command_load(std::string token, std::uint64_t seed)
  : token_(std::move(token)), random_(seed) {
  // nop
}

std::string command_load::make_body(const std::string& id) {
  auto corner = random_() % 2 == 0 ? "red" : "blue";
  auto who = ",\"corner\":\"" + std::string{corner} + "\"";
  std::string rest;
  switch (random_() % 8) {
  case 0:
    rest = "\"type\":\"log_takedown\"" + who;
    break;
  case 1:
    rest = "\"type\":\"add_note\",\"text\":\""
           + std::string(random_() % 400, 'x') + "n\"";
    break;
  case 2:
    // Of an event that may be there, gone or no fact at all.
    rest = "\"type\":\"retract_event\",\"reason\":\"slip\",\"event_id\":\"e"
           + std::to_string(4 + random_() % 50) + "\"";
    break;
  default:
    rest = "\"type\":\"log_strike\",\"technique\":\"jab\"" + who;
  }
  return "{\"op\":\"command\",\"bout_id\":\"" + bout_ + "\",\"command_id\":\""
         + id + "\"," + rest + "}";
}

bool command_load::send_next(net::ws_client& to) {
  sent_command c;
  c.id = new_id(random_);
  c.bout = bout_;
  c.message = make_body(c.id);
  sent.push_back(std::move(c));
  ++open_;
  return bool{to.send(sent.back().message)};
}

void command_load::take(const std::string& text) {
  auto message = parsed(text);
  auto op = text_in(message, "op");
  if (op != "ack" && op != "refused")
    return;
  auto id = text_in(message, "command_id");
  auto c = std::find_if(sent.rbegin(), sent.rend(),
                        [&](const auto& s) { return s.id == id; });
  if (c == sent.rend()) {
    faults.push_back("an answer to nothing: " + text);
    return;
  }
  --open_;
  take_answer(*c, op == "ack", text);
}

void command_load::take_answer(sent_command& c, bool ack,
                               const std::string& text) {
  auto message = parsed(text);
  if (!ack) {
    c.code = text_in(message, "code");
    if (c.what == state::acked)
      faults.push_back("acknowledged before, now " + text);
    else if (!says_nothing(c.code))
      c.what = state::refused;
    return;
  }
  auto version = number_in(message, "version");
  auto position = number_in(message, "position");
  const auto* replayed = message.find("replayed");
  c.replayed = replayed != nullptr && *replayed == json::value{true};
  if (c.what == state::acked
      && (version != c.version || position != c.position || !c.replayed))
    faults.push_back("another answer than before: " + text);
  c.what = state::acked;
  c.version = version;
  c.position = position;
}

void command_load::run(net::client_options where, const std::atomic<bool>& stop,
                       std::size_t window) {
  where.token = token_;
  net::ws_client stream{where};
  open_ = 0;
  if (!stream.connect())
    return;
  for (;;) {
    while (!stop && open_ < window)
      if (!send_next(stream))
        return;
    if (open_ == 0)
      return;
    auto text = stream.read();
    if (!text)
      return;
    take(*text);
  }
}

void command_load::retry(net::client_options where, std::size_t repeats) {
  where.token = token_;
  net::ws_client stream{where};
  if (!stream.connect()) {
    faults.push_back("no connection after the restart");
    return;
  }
  open_ = 0;
  std::vector<std::size_t> again;
  std::size_t acked = 0;
  for (std::size_t i = sent.size(); i-- > 0;)
    if (sent[i].what == state::open
        || (sent[i].what == state::acked && acked++ < repeats))
      again.push_back(i);
  std::reverse(again.begin(), again.end());
  for (std::size_t done = 0; done < again.size(); done += retry_window) {
    auto end = std::min(again.size(), done + retry_window);
    for (auto i = done; i < end; ++i)
      if (stream.send(sent[again[i]].message))
        ++open_;
    while (open_ > 0) {
      auto text = stream.read();
      if (!text) {
        faults.push_back("no answer to a retry");
        return;
      }
      take(*text);
    }
  }
  for (auto i : again)
    if (sent[i].what == state::open)
      faults.push_back("still open after a retry: " + sent[i].code);
}

} // namespace ringside::test
