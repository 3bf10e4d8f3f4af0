#include "web_socket.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <thread>

/// A camera that invents strikes. Usage: ringside_camera HOST PORT SOURCE
/// [STRIKES] [EVERY_MS] [FPS], with the token in RINGSIDE_TOKEN. With FPS it
/// sends pictures, in which the node finds the strikes.
namespace {

using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

std::int64_t local_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
           steady::now().time_since_epoch())
    .count();
}

/// The integer at `key`. The node writes JSON without spaces.
std::optional<std::int64_t> number(const std::string& text,
                                   const std::string& key) {
  auto at = text.find("\"" + key + "\":");
  if (at == std::string::npos)
    return std::nullopt;
  return std::strtoll(text.c_str() + at + key.size() + 3, nullptr, 10);
}

bool says(const std::string& text, std::string_view what) {
  return text.find(what) != std::string::npos;
}

/// The node's time from exchanges: its clock was read at s1 and s2, between c0
/// and c3 of ours, so its time less ours lies in [s2 - c3, s1 - c0]. Widened by
/// what two clocks drift apart, and intersected.
class node_clock {
public:
  struct reading {
    std::int64_t at_us;
    std::int64_t err_us;
  };

  void add(std::int64_t c0, std::int64_t s1, std::int64_t s2, std::int64_t c3) {
    seen_.push_front({s2 - c3, s1 - c0, c3});
    if (seen_.size() > 32)
      seen_.pop_back();
  }

  std::optional<reading> now() const {
    if (seen_.empty())
      return std::nullopt;
    auto at = local_us();
    auto low = INT64_MIN;
    auto high = INT64_MAX;
    for (const auto& s : seen_) {
      auto slack = std::abs(at - s.c3) * drift_ppm / 1'000'000 + 2;
      if (s.low - slack > high || s.high + slack < low)
        break; // a clock stepped; what is older says nothing
      low = std::max(low, s.low - slack);
      high = std::min(high, s.high + slack);
    }
    return reading{at + (low + high) / 2, (high - low + 1) / 2};
  }

private:
  static constexpr std::int64_t drift_ppm = 200;

  struct interval {
    std::int64_t low;
    std::int64_t high;
    std::int64_t c3;
  };

  std::deque<interval> seen_;
};

struct place {
  std::string host;
  std::uint16_t port = 0;
  std::string source;
  std::string token;
};

/// One source. A batch keeps its number until it is answered, over as many
/// connections as that takes.
class camera {
public:
  explicit camera(place where) : where_(std::move(where)) {
    // nop
  }

  node_clock clock;
  std::int64_t taken = 0;
  std::int64_t refused = 0;
  int resent = 0;
  int connections = 0;

  /// At most 256 wait; the oldest go.
  void report(std::string item) {
    if (queue_.size() == 256)
      queue_.pop_front();
    queue_.push_back(std::move(item));
  }

  bool idle() const {
    return queue_.empty() && open_.empty();
  }

  /// Connects, sends what is due and reads for `timeout_ms`.
  void pump(int timeout_ms) {
    try {
      if (!ws_)
        connect();
      send_due();
      if (auto text = ws_->receive(timeout_ms))
        take(*text);
      if (steady::now() - heard_ > 5s)
        throw lost{"the node fell silent"};
    } catch (const lost&) {
      ws_.reset();
      std::this_thread::sleep_for(50ms);
    }
  }

private:
  struct open_batch {
    std::string text;
    std::int64_t items = 0;
    std::optional<steady::time_point> again;
  };

  void connect() {
    ws_ = std::make_unique<web_socket>(where_.host, where_.port, where_.token);
    ++connections;
    heard_ = steady::now();
    beat_ = ask_ = heard_;
    burst_ = 8;
    for (const auto& [n, b] : open_) {
      ++resent;
      ws_->send(b.text);
    }
  }

  void send_due() {
    auto now = steady::now();
    if (now >= beat_) {
      beat_ = now + 500ms;
      beat();
    }
    if (now >= ask_) {
      ask_ = now + (--burst_ > 0 ? 100ms : 2'000ms);
      asked_ = local_us();
      ws_->send(R"({"op":"ts","n":)" + std::to_string(++ask_n_) + R"(,"c0":)"
                + std::to_string(asked_) + "}");
    }
    for (auto& [n, b] : open_)
      if (b.again && now >= *b.again) {
        b.again.reset();
        ++resent;
        ws_->send(b.text);
      }
    // Pictures are read in their order: what waits goes first.
    auto waits = std::any_of(open_.begin(), open_.end(), [](const auto& b) {
      return b.second.again.has_value();
    });
    while (!waits && !queue_.empty() && next_ > 0 && open_.size() < 8
           && credit_ > 0)
      send_batch();
  }

  void send_batch() {
    auto count = std::min(
      {static_cast<std::int64_t>(queue_.size()), credit_, std::int64_t{64}});
    std::string items;
    for (std::int64_t i = 0; i < count; ++i) {
      items += (items.empty() ? "" : ",") + queue_.front();
      queue_.pop_front();
    }
    credit_ -= count;
    auto n = next_++;
    auto& b = open_[n];
    b = {R"({"op":"detections","source_id":")" + where_.source + R"(","seq":)"
           + std::to_string(n) + R"(,"items":[)" + items + "]}",
         count, std::nullopt};
    ws_->send(b.text);
  }

  /// A life sign; its answer has the credit and where numbers go on.
  void beat() {
    const std::string body = R"({"in_view":true})";
    std::string answer;
    try {
      tcp_line line{where_.host, where_.port};
      line.write("POST /api/v1/sources/" + where_.source
                 + "/heartbeat HTTP/1.1\r\nHost: " + where_.host + ":"
                 + std::to_string(where_.port) + "\r\nAuthorization: Bearer "
                 + where_.token
                 + "\r\nContent-Type: application/json\r\nConnection: close"
                   "\r\nContent-Length: "
                 + std::to_string(body.size()) + "\r\n\r\n" + body);
      while (line.read(answer, 2'000))
        continue;
    } catch (const lost&) {
      // The end of the answer, too.
    }
    if (!answer.starts_with("HTTP/1.1 200"))
      return;
    if (auto n = number(answer, "next_seq"); n && next_ == 0)
      next_ = *n;
    set_credit(answer);
  }

  void set_credit(const std::string& text) {
    auto left = number(text, "credit").value_or(0);
    for (const auto& [n, b] : open_)
      left -= b.items;
    credit_ = std::max<std::int64_t>(left, 0);
  }

  void take(const std::string& text) {
    auto c3 = local_us();
    heard_ = steady::now();
    if (says(text, R"("op":"ts")") && number(text, "n") == ask_n_)
      return clock.add(asked_, *number(text, "s1"), *number(text, "s2"), c3);
    auto found = open_.find(number(text, "seq").value_or(0));
    if (found == open_.end())
      return;
    if (says(text, R"("op":"accepted")")) {
      auto n = number(text, "taken").value_or(0);
      taken += n;
      refused += found->second.items - n;
      open_.erase(found);
      set_credit(text);
    } else if (says(text, R"("op":"refused")")) {
      if (says(text, "rate_limited") || says(text, "overloaded")
          || says(text, "unavailable")) {
        found->second.again = steady::now() + 1s;
        return;
      }
      std::fprintf(stderr, "%s\n", text.c_str());
      refused += found->second.items;
      open_.erase(found);
    }
  }

  place where_;
  std::unique_ptr<web_socket> ws_;
  std::deque<std::string> queue_;
  std::map<std::int64_t, open_batch> open_;
  std::int64_t next_ = 0;
  std::int64_t credit_ = 0;
  std::int64_t ask_n_ = 0;
  std::int64_t asked_ = 0;
  int burst_ = 0;
  steady::time_point heard_, beat_, ask_;
};

constexpr const char* kinds[] = {"jab",   "cross", "hook",      "uppercut",
                                 "elbow", "knee",  "body_kick", "head_kick"};

std::string strike(int i, node_clock::reading t) {
  return std::string{R"({"kind":")"} + kinds[i % 8] + R"(","corner":")"
         + (i / 2 % 2 == 0 ? "red" : "blue") + R"(","at_us":)"
         + std::to_string(t.at_us) + R"(,"err_us":)" + std::to_string(t.err_us)
         + R"(,"conf_ppm":800000,"severity_ppm":300000})";
}

/// What a model says of a picture; of a punch while it is thrown.
std::string picture(int n, bool punch, node_clock::reading t) {
  return R"({"seq":)" + std::to_string(n) + R"(,"at_us":)"
         + std::to_string(t.at_us) + R"(,"err_us":)" + std::to_string(t.err_us)
         + R"(,"red":{"scores":{"punch":)" + (punch ? "900000" : "30000")
         + R"(},"impact":")" + (punch ? "medium" : "none")
         + R"("},"blue":{"scores":{}}})";
}

/// The node's time; waits for the first exchange.
node_clock::reading now_of(camera& eye) {
  for (int n = 0; n < 400; ++n) {
    if (auto t = eye.clock.now())
      return *t;
    eye.pump(20);
  }
  throw std::runtime_error{"the node does not answer"};
}

void wait_until(camera& eye, steady::time_point end) {
  while (steady::now() < end)
    eye.pump(5);
}

void send_strikes(camera& eye, int strikes, int every_ms) {
  for (int i = 0; i < strikes; ++i) {
    eye.report(strike(i, now_of(eye)));
    wait_until(eye, steady::now() + std::chrono::milliseconds{every_ms});
  }
}

/// Each strike lasts 200 ms; half a second of rest is at the end.
int send_pictures(camera& eye, int strikes, int every_ms, int fps) {
  auto pictures = strikes * every_ms * fps / 1'000 + fps / 2;
  now_of(eye);
  auto begun = steady::now();
  for (int n = 1; n <= pictures; ++n) {
    auto ms = n * 1'000 / fps;
    wait_until(eye, begun + std::chrono::milliseconds{ms});
    auto punch = ms < strikes * every_ms && ms % every_ms < 200;
    eye.report(picture(n, punch, now_of(eye)));
  }
  return pictures;
}

int run(camera& eye, int strikes, int every_ms, int fps) {
  auto items = strikes;
  if (fps > 0)
    items = send_pictures(eye, strikes, every_ms, fps);
  else
    send_strikes(eye, strikes, every_ms);
  for (auto end = steady::now() + 10s; !eye.idle() && steady::now() < end;)
    eye.pump(20);
  std::printf("{\"taken\":%lld,\"refused\":%lld,\"resent\":%d,"
              "\"connections\":%d}\n",
              static_cast<long long>(eye.taken),
              static_cast<long long>(eye.refused), eye.resent, eye.connections);
  return eye.idle() && eye.taken == items ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  const char* token = std::getenv("RINGSIDE_TOKEN");
  if (argc < 4 || token == nullptr) {
    std::fprintf(stderr, "RINGSIDE_TOKEN=... ringside_camera HOST PORT SOURCE "
                         "[STRIKES] [EVERY_MS] [FPS]\n");
    return 2;
  }
  try {
    camera eye{{argv[1], static_cast<std::uint16_t>(std::atoi(argv[2])),
                argv[3], token}};
    return run(eye, argc > 4 ? std::atoi(argv[4]) : 40,
               argc > 5 ? std::atoi(argv[5]) : 250,
               argc > 6 ? std::atoi(argv[6]) : 0);
  } catch (const std::exception& x) {
    std::fprintf(stderr, "%s\n", x.what());
    return 1;
  }
}
