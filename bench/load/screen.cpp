#include "bench/load/screen.hpp"

#include "bench/load/must.hpp"

#include <charconv>
#include <utility>

namespace ringside::load {

audience::audience(reactor& on, const node& at, const std::string& bout,
                   int screens) {
  auto subscribe = R"({"op":"subscribe","topic":"bout/)" + bout + R"("})";
  for (int i = 0; i < screens; ++i) {
    screens_.push_back(std::make_unique<connection>(
      on, at.port(), at.token("viewer"),
      [this](std::string_view frame) { received(frame); }));
    screens_.back()->send(subscribe);
  }
}

void audience::expect(std::int64_t first, std::vector<std::int64_t> due) {
  first_ = first;
  due_ = std::move(due);
  seen_.assign(due_.size(), 0);
  complete_ = 0;
  frames_ = 0;
  bytes_ = 0;
  each_ = {};
  last_ = {};
}

void audience::received(std::string_view frame) {
  auto now = now_ns();
  // Canonical JSON: the members after the events are few and short.
  auto tail
    = frame.substr(frame.size() - std::min<std::size_t>(frame.size(), 160));
  if (tail.find(R"("op":"delta")") != std::string_view::npos) {
    ++frames_;
    bytes_ += static_cast<std::int64_t>(frame.size());
    for (auto event : events_in(frame))
      saw(event, now);
  } else if (frame.find(R"("op":"snapshot")") != std::string_view::npos) {
    ++snapshots_;
  } else if (frame.find(R"("op":"heartbeat")") == std::string_view::npos) {
    give_up("a screen got " + std::string{frame});
  }
}

void audience::saw(std::int64_t event, std::int64_t now) {
  auto i = static_cast<std::size_t>(event - first_);
  if (event < first_ || i >= due_.size())
    return;
  auto took = now - due_[i];
  each_.add(took);
  if (++seen_[i] < screens_.size())
    return;
  last_.add(took);
  ++complete_;
}

const std::vector<std::int64_t>& audience::events_in(std::string_view frame) {
  auto [found, fresh] = known_.try_emplace(integer_member(frame, "seq"));
  if (!fresh)
    return found->second;
  constexpr std::string_view mark = R"("event_id":"e)";
  for (auto at = frame.find(mark); at != std::string_view::npos;
       at = frame.find(mark, at)) {
    at += mark.size();
    std::int64_t n = 0;
    std::from_chars(frame.data() + at, frame.data() + frame.size(), n);
    found->second.push_back(n);
  }
  return found->second;
}

} // namespace ringside::load
