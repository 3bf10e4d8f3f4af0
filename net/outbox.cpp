#include "net/outbox.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

bool outbox::fits(std::size_t bytes) const noexcept {
  return items_.empty()
         || (items_.size() < frames_max_ && bytes_ + bytes <= bytes_max_);
}

bool outbox::push_answer(protocol::frame_text frame) {
  if (!fits(frame->size()))
    return false;
  bytes_ += frame->size();
  items_.push_back({std::move(frame), nullptr});
  return true;
}

bool outbox::push_frame(protocol::frame_text frame, const subscription* from) {
  if (!fits(frame->size()))
    return false;
  bytes_ += frame->size();
  items_.push_back({std::move(frame), from});
  return true;
}

protocol::frame_text outbox::pop() {
  if (items_.empty())
    return nullptr;
  auto frame = std::move(items_.front().frame);
  items_.pop_front();
  bytes_ -= frame->size();
  return frame;
}

std::vector<const subscription*> outbox::drop_frames() {
  std::vector<const subscription*> losers;
  std::erase_if(items_, [&](const item& x) {
    if (x.from == nullptr)
      return false;
    bytes_ -= x.frame->size();
    if (std::find(losers.begin(), losers.end(), x.from) == losers.end())
      losers.push_back(x.from);
    return true;
  });
  return losers;
}

void outbox::forget(const subscription* from) {
  std::erase_if(items_, [&](const item& x) {
    if (x.from != from)
      return false;
    bytes_ -= x.frame->size();
    return true;
  });
}

} // namespace ringside::net
