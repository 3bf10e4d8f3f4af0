#include "bench/load/lens.hpp"

#include "bench/load/must.hpp"

#include <array>
#include <utility>

namespace ringside::load {

namespace {

/// Between two reports of one strike by one camera.
constexpr std::int64_t jitter_us = 500;
constexpr std::int64_t bound_us = 2'000;
/// What its model takes a strike for; always the same would be no model.
constexpr std::array kinds{"jab", "cross", "hook", "uppercut", "elbow"};

std::string make_source(const node& at, const std::string& name,
                        const std::string& bout, int rate_hz) {
  auto http = at.client("supervisor");
  auto body = R"({"name":")" + name + R"(","kind":"camera","mode":"local",)"
              + R"("bout_id":")" + bout + R"(","rate_hz":)"
              + std::to_string(rate_hz) + "}";
  auto made = must(http.post("/api/v1/sources", body), "making a source");
  if (made.status != 201)
    give_up("making a source: " + made.body);
  return std::string{text_member(made.body, "source_id")};
}

} // namespace

// -- time ---------------------------------------------------------------------

node_time::node_time(reactor& on, const node& at, int times) {
  connection link{on, at.port(), at.token("supervisor"),
                  [this](std::string_view frame) { received(frame); }};
  for (auto n = 1; n <= times; ++n) {
    asked_ = now_ns();
    link.send(R"({"op":"ts","n":)" + std::to_string(n) + R"(,"c0":1})");
    on.run_until([this, n] { return answers_ == n; }, 5, "asking the time");
  }
}

void node_time::received(std::string_view frame) {
  if (text_member(frame, "op") != "ts")
    return;
  auto now = now_ns();
  ++answers_;
  if (now - asked_ >= best_ns_)
    return;
  best_ns_ = now - asked_;
  offset_us_ = integer_member(frame, "s2") - (asked_ + best_ns_ / 2) / 1'000;
}

// -- camera -------------------------------------------------------------------

lens::lens(reactor& on, const node& at, const std::string& name,
           const std::string& bout, int rate_hz)
  : id_(make_source(at, name, bout, rate_hz)),
    link_(on, at.port(), at.token("source"),
          [this](std::string_view frame) { received(frame); }) {
  // nop
}

void lens::report(const char* corner, std::int64_t at_us, int count) {
  std::string text = R"({"op":"detections","source_id":")" + id_ + R"(","seq":)"
                     + std::to_string(++seq_) + R"(,"items":[)";
  for (auto n = 0; n < count; ++n)
    text += (n == 0 ? "" : ",") + std::string{R"({"kind":")"}
            + kinds[static_cast<std::size_t>(n) % kinds.size()]
            + R"(","corner":")" + corner + R"(","conf_ppm":850000,"err_us":)"
            + std::to_string(bound_us) + R"(,"at_us":)"
            + std::to_string(at_us + n % 3 * jitter_us) + "}";
  waiting_.push_back(now_ns());
  sent_ += count;
  link_.send(text + "]}");
}

void lens::received(std::string_view frame) {
  auto op = text_member(frame, "op");
  if (op == "heartbeat")
    return;
  if (op != "accepted" || waiting_.empty()
      || frame.find(R"("refused":[])") == std::string_view::npos
      || frame.find(R"("quarantine":"none")") == std::string_view::npos)
    give_up("instead of an answer to reports: " + std::string{frame});
  taken_ += integer_member(frame, "taken");
  answers_.add(now_ns() - waiting_.front());
  waiting_.pop_front();
}

} // namespace ringside::load
