#include "domain/vision/fusion/pending.hpp"

#include <algorithm>

namespace ringside::fusion {

namespace {

constexpr std::int64_t never = INT64_MIN / 2;
// A settled cut always moves on.
constexpr std::int64_t cut_step_us = 5'000;

bool before(const pending_reports::entry& a,
            const pending_reports::entry& b) noexcept {
  if (a.t != b.t)
    return a.t < b.t;
  return a.report.key() < b.report.key();
}

std::int32_t trust(const report& r) noexcept {
  return r.conf ? r.conf->count : -1;
}

} // namespace

pending_reports::pending_reports(const block_limits& limits,
                                 const fusion_settings& settings,
                                 const source_table& sources)
  : limits_(limits), settle_us_(limits.may_settle ? settings.settle_us : 0),
    duplicate_us_(settings.duplicate_us), sources_(&sources) {
  used_.fill(never);
}

std::int64_t pending_reports::time_of(const report& r) const noexcept {
  return r.t_est.count - (*sources_)[r.src].bias_us;
}

bool pending_reports::said_enough(const entry& e,
                                  std::size_t place) const noexcept {
  std::size_t same = 0;
  auto surest = INT32_MIN;
  auto look = [&](const entry& other) {
    if (slot_of(other.report) != slot_of(e.report))
      return;
    ++same;
    surest = std::max(surest, trust(other.report));
  };
  for (auto i = place; i > 0 && e.t - entries_[i - 1].t < duplicate_us_; --i)
    look(entries_[i - 1]);
  for (auto i = place;
       i < entries_.size() && entries_[i].t - e.t < duplicate_us_; ++i)
    look(entries_[i]);
  return same >= repeats_max && trust(e.report) <= surest;
}

bool pending_reports::insert(const report& r) {
  entry e{time_of(r), r, false, 0};
  auto place = std::upper_bound(entries_.begin(), entries_.end(), e, before);
  if (said_enough(e, static_cast<std::size_t>(place - entries_.begin())))
    return false;
  entries_.insert(place, e);
  return true;
}

std::size_t pending_reports::run_length() const noexcept {
  std::size_t n = 1;
  auto last = std::min(entries_.size(), block_reports_max);
  while (n < last && entries_[n].t - entries_[n - 1].t <= limits_.gap_us
         && entries_[n].t - entries_[0].t <= limits_.span_us)
    ++n;
  return n;
}

std::int64_t pending_reports::first_cut(std::size_t run) const noexcept {
  auto first = INT64_MAX;
  for (std::size_t i = 0; i < run; ++i) {
    const auto& e = entries_[i];
    first = std::min(first, e.t + (*sources_)[e.report.src].sigma_us);
  }
  return first + settle_us_;
}

std::optional<cut> pending_reports::next(std::int64_t known) const noexcept {
  if (entries_.empty() || entries_[0].t > known)
    return std::nullopt;
  auto run = run_length();
  // A full block waits like any other, so that the silence of those who did
  // not fill it is heard.
  cut c{entries_[run - 1].t + limits_.gap_us, run, 0, true, false};
  c.until = c.at;
  if (run == block_reports_max) {
    c.until = entries_[run - 1].t;
    c.forced = true;
  } else if (run < entries_.size()
             && entries_[run].t - entries_[run - 1].t <= limits_.gap_us) {
    c.at = entries_[0].t + limits_.span_us;
    c.until = c.at;
    c.forced = true;
  }
  if (settle_us_ > 0) {
    auto settled = next_cut_ ? *next_cut_ : first_cut(run);
    if (settled < c.at) {
      auto end = std::upper_bound(
        entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(run),
        settled, [](std::int64_t t, const entry& e) { return t < e.t; });
      c = {settled, static_cast<std::size_t>(end - entries_.begin()), settled,
           false, false};
    }
  }
  if (c.at > known)
    return std::nullopt;
  return c;
}

std::size_t pending_reports::slot_of(const report& r) const noexcept {
  auto side = r.corner ? 1 + static_cast<std::size_t>(*r.corner) : 0;
  return 3 * r.src + side;
}

void pending_reports::find_duplicates(std::size_t count) noexcept {
  std::array<std::size_t, 3 * sources_max> last;
  last.fill(entries_.size());
  // Places have moved since the last time.
  for (auto i = count; i < entries_.size(); ++i)
    entries_[i].keeper = i;
  for (std::size_t i = 0; i < count; ++i) {
    auto& e = entries_[i];
    e.keeper = i;
    e.decided = false;
    auto slot = slot_of(e.report);
    if (e.t - used_[slot] < duplicate_us_) {
      e.decided = true;
      continue;
    }
    auto& held = last[slot];
    if (held == entries_.size() || e.t - entries_[held].t >= duplicate_us_) {
      held = i;
    } else if (trust(e.report) > trust(entries_[held].report)) {
      entries_[held].keeper = i;
      held = i;
    } else {
      e.keeper = held;
    }
  }
}

observation pending_reports::make_ready(std::size_t place,
                                        const model& with) const noexcept {
  const auto& e = entries_[place];
  const auto& r = e.report;
  observation o;
  o.t = static_cast<double>(e.t - entries_[0].t) * 1e-6;
  o.err = r.err_us * 1e-6;
  o.var = with.sources[r.src].var + o.err * o.err / 3;
  o.src = r.src;
  o.index = static_cast<std::uint8_t>(seen_.size());
  o.has_kind = r.kind.has_value();
  o.kind = r.kind.value_or(0);
  o.has_corner = r.corner.has_value();
  o.blue = r.corner == corner::blue;
  if (r.conf)
    o.confidence = (*sources_)[r.src].confidence.at(r.conf->count) * 1e-3;
  o.from = &r;
  return o;
}

block pending_reports::assemble(std::size_t count, const model& with) {
  find_duplicates(count);
  seen_.clear();
  places_.clear();
  for (std::size_t i = 0; i < count; ++i) {
    if (entries_[i].decided || entries_[i].keeper != i)
      continue;
    seen_.push_back(make_ready(i, with));
    places_.push_back(i);
  }
  block b;
  b.seen = seen_;
  b.with = &with;
  b.origin = {entries_[0].t};
  return b;
}

void pending_reports::set_heard(const cut& c, block& b) const noexcept {
  auto seconds = [&](std::int64_t t) {
    return static_cast<double>(t - b.origin.count) * 1e-6;
  };
  b.heard.fill(seconds(c.at));
  for (auto i = c.count; i < entries_.size() && entries_[i].t <= c.at; ++i) {
    auto& heard = b.heard[entries_[i].report.src];
    heard = std::min(heard, seconds(entries_[i].t));
  }
}

void pending_reports::decide(const observation& r) noexcept {
  auto& e = entries_[places_[r.index]];
  e.decided = true;
  auto& used = used_[slot_of(e.report)];
  used = std::max(used, e.t);
}

std::size_t pending_reports::drop_decided() {
  std::size_t duplicates = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& e = entries_[i];
    auto keeper = e.keeper;
    while (entries_[keeper].keeper != keeper)
      keeper = entries_[keeper].keeper;
    e.decided = e.decided || (keeper != i && entries_[keeper].decided);
  }
  auto kept = places_.begin();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    kept = std::lower_bound(kept, places_.end(), i);
    auto in_block = kept != places_.end() && *kept == i;
    if (entries_[i].decided && !in_block)
      ++duplicates;
  }
  std::erase_if(entries_, [](const entry& e) { return e.decided; });
  return duplicates;
}

void pending_reports::look_again(std::int64_t now,
                                 std::optional<std::int64_t> oldest) {
  next_cut_.reset();
  if (oldest)
    next_cut_ = std::max(*oldest + settle_us_, now + cut_step_us);
}

} // namespace ringside::fusion
