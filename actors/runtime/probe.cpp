#include "actors/runtime/probe.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace ringside {

namespace {

constexpr auto relaxed = std::memory_order_relaxed;

/// Load and store instead of fetch_add: there is one writer.
template <class T>
void add(std::atomic<T>& counter, T n) noexcept {
  counter.store(static_cast<T>(counter.load(relaxed) + n), relaxed);
}

void raise_to(std::atomic<std::uint64_t>& peak, std::uint64_t n) noexcept {
  if (n > peak.load(relaxed))
    peak.store(n, relaxed);
}

std::uint64_t count_of(std::chrono::nanoseconds span) noexcept {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, span.count()));
}

} // namespace

// -- histogram ----------------------------------------------------------------

std::size_t histogram::bucket_of(std::uint64_t ns) noexcept {
  constexpr std::uint64_t linear = std::uint64_t{1} << linear_bits;
  constexpr std::uint64_t last = (std::uint64_t{1} << value_bits) - 1;
  ns = std::min(ns, last);
  if (ns < linear)
    return static_cast<std::size_t>(ns);
  auto shift = static_cast<std::size_t>(std::bit_width(ns)) - linear_bits - 1;
  return ((shift + 1) << linear_bits)
         + static_cast<std::size_t>((ns >> shift) - linear);
}

std::uint64_t histogram::upper_bound(std::size_t bucket) noexcept {
  constexpr std::size_t linear = std::size_t{1} << linear_bits;
  if (bucket < linear)
    return bucket;
  auto shift = (bucket >> linear_bits) - 1;
  auto step = static_cast<std::uint64_t>(bucket % linear + linear + 1);
  return (step << shift) - 1;
}

void histogram::record(std::uint64_t ns) noexcept {
  add(buckets_[bucket_of(ns)], std::uint32_t{1});
  add(sum_, ns);
  raise_to(max_, ns);
}

latency_view histogram::view() const {
  std::array<std::uint32_t, size> copy;
  latency_view result;
  for (std::size_t i = 0; i < size; ++i) {
    copy[i] = buckets_[i].load(relaxed);
    result.count += copy[i];
  }
  result.sum_ns = sum_.load(relaxed);
  result.max_ns = max_.load(relaxed);
  auto percentile = [&](std::uint64_t percent) {
    auto rank = (result.count * percent + 99) / 100;
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < size; ++i) {
      seen += copy[i];
      if (seen >= rank && seen > 0)
        return std::min(upper_bound(i), result.max_ns);
    }
    return result.max_ns;
  };
  result.p50_ns = percentile(50);
  result.p95_ns = percentile(95);
  result.p99_ns = percentile(99);
  return result;
}

// -- gauge --------------------------------------------------------------------

std::uint64_t mailbox_gauge::depth() const noexcept {
  if (closed.load(relaxed))
    return 0;
  // The reader may see a consumed message before its enqueue.
  auto out = consumed.load(relaxed);
  auto in = enqueued.load(relaxed);
  return in > out ? in - out : 0;
}

// -- probe --------------------------------------------------------------------

probe::probe(std::string name) : name_(std::move(name)) {
  // nop
}

void probe::attach(std::shared_ptr<mailbox_gauge> gauge) {
  std::lock_guard guard{gauge_mutex_};
  gauge_ = std::move(gauge);
}

void probe::handled(std::uint64_t depth_before) noexcept {
  add(handled_, std::uint64_t{1});
  raise_to(depth_max_, depth_before);
}

void probe::waited(std::chrono::nanoseconds wait) noexcept {
  wait_.record(count_of(wait));
}

void probe::worked(std::chrono::nanoseconds work) noexcept {
  work_.record(count_of(work));
}

void probe::was_busy(std::chrono::nanoseconds busy) noexcept {
  busy_.fetch_add(count_of(busy), relaxed);
  resumes_.fetch_add(1, relaxed);
}

probe_snapshot probe::snapshot() const {
  probe_snapshot result;
  result.queue_wait = wait_.view();
  result.handler = work_.view();
  result.handled = handled_.load(relaxed);
  result.depth_max = depth_max_.load(relaxed);
  result.busy_ns = busy_.load(relaxed);
  result.resumes = resumes_.load(relaxed);
  std::lock_guard guard{gauge_mutex_};
  if (gauge_)
    result.depth = gauge_->depth();
  return result;
}

} // namespace ringside
