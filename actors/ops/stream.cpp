#include "actors/ops/stream.hpp"

#include "domain/base/limits.hpp"

#include <memory>
#include <utility>

namespace ringside {

namespace {

protocol::frame_text frame(json::object fields) {
  return std::make_shared<const std::string>(
    json::to_text(json::value{std::move(fields)}));
}

} // namespace

void stream::add(std::optional<json::value> event, wire::section_set touched) {
  if (event)
    events_.push_back(std::move(*event));
  touched_ = touched_ | touched;
}

protocol::frame_text stream::seal(const std::string& topic,
                                  json::object changes) {
  json::object fields;
  fields["op"] = "delta";
  fields["topic"] = topic;
  fields["seq"] = ++seq_;
  fields["events"] = std::exchange(events_, {});
  fields["changes"] = std::move(changes);
  touched_ = {};
  cached_snapshot.reset();
  window_.push_back(frame(std::move(fields)));
  if (window_.size() > limits::topic_window_max)
    window_.pop_front();
  return window_.back();
}

std::optional<std::vector<protocol::frame_text>>
stream::since(std::uint64_t after) const {
  if (after > seq_ || seq_ - after > window_.size())
    return std::nullopt;
  auto count = static_cast<std::ptrdiff_t>(seq_ - after);
  return std::vector<protocol::frame_text>(window_.end() - count,
                                           window_.end());
}

protocol::frame_text stream::snapshot(const std::string& topic,
                                      json::object state) const {
  json::object fields;
  fields["op"] = "snapshot";
  fields["topic"] = topic;
  fields["seq"] = seq_;
  fields["state"] = std::move(state);
  return frame(std::move(fields));
}

} // namespace ringside
