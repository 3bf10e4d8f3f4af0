#include "persistence/memory/memory_disk.hpp"

#include <algorithm>
#include <utility>

namespace ringside::persistence {

namespace {

void cut_image(memory_image& image, std::uint64_t count) {
  for (; count > 0 && !image.entries.empty(); --count) {
    const auto& last = image.entries.back();
    image.bytes -= bytes_of(last);
    auto bout = image.bouts.find(last.bout);
    bout->second.pop_back();
    if (bout->second.empty())
      image.bouts.erase(bout);
    image.entries.pop_back();
  }
}

void flip_image(memory_image& image, std::uint64_t seq, std::uint64_t offset) {
  if (seq >= image.entries.size() || image.entries[seq].bytes.empty())
    return;
  auto& entry = image.entries[seq];
  offset %= bytes_of(entry);
  auto& byte = offset < entry.bytes.size()
                 ? entry.bytes[offset]
                 : entry.personal->payload[offset - entry.bytes.size()];
  byte = static_cast<char>(byte ^ 1);
}

} // namespace

std::uint64_t bytes_of(const journal_entry& entry) noexcept {
  return entry.bytes.size()
         + (entry.personal ? entry.personal->payload.size() : 0);
}

memory_disk::memory_disk(fault_plan plan) : plan_(std::move(plan)) {
  // nop
}

void memory_disk::plan(fault_plan plan) {
  std::lock_guard guard{mutex_};
  plan_ = std::move(plan);
}

std::uint64_t memory_disk::calls() const {
  std::lock_guard guard{mutex_};
  return calls_;
}

void memory_disk::cut(std::uint64_t count) {
  std::lock_guard guard{mutex_};
  cut_image(image_, count);
}

void memory_disk::flip(std::uint64_t seq, std::uint64_t offset) {
  std::lock_guard guard{mutex_};
  flip_image(image_, seq, offset);
}

void memory_disk::capacity(std::uint64_t bytes) {
  std::lock_guard guard{mutex_};
  capacity_ = bytes;
}

memory_image memory_disk::image() const {
  std::lock_guard guard{mutex_};
  return image_;
}

void memory_disk::restore(memory_image image) {
  std::lock_guard guard{mutex_};
  image_ = std::move(image);
}

void memory_disk::apply(const fault& damage) {
  switch (damage.what) {
  case fault::kind::disk_full:
    capacity_ = damage.a;
    break;
  case fault::kind::cut:
    cut_image(image_, damage.a);
    break;
  case fault::kind::flip:
    flip_image(image_, damage.a, damage.b);
    break;
  default:
    break;
  }
}

} // namespace ringside::persistence
