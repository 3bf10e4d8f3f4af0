#include "domain/vision/failover/machine.hpp"

#include <utility>

namespace ringside::failover {

namespace {

std::string name(source_mode m) {
  return std::string{text_of(m)};
}

} // namespace

std::optional<mode_change> machine::look(const arena_sample& x, mono_us now) {
  for (auto m : ranked)
    if (m != source_mode::manual)
      watches_[static_cast<std::size_t>(m)].look(
        x.of(m), !decided() || m == mode_, now, by_);
  if (!x.heard())
    return std::nullopt;
  if (!heard_since_)
    heard_since_ = now;
  if (overridden_)
    return std::nullopt;
  if (!chosen_)
    return choose_first(now);
  if (mode_ == source_mode::manual)
    return leave_manual(now);
  if (dead(now))
    return leave_for(usable_one(now).value_or(source_mode::manual), now);
  if (elapsed(since_, now) < by_.dwell)
    return std::nullopt;
  if (watch(mode_).state() == mode_state::doubted)
    return leave_for(usable_one(now).value_or(source_mode::manual), now);
  if (watch(mode_).poor_for(now) >= by_.poor_for)
    if (auto change = leave_for(good_one(now, {}), now))
      return change;
  return go_back(now);
}

void machine::override_with(source_mode mode, mono_us now) {
  mode_ = mode;
  chosen_ = true;
  overridden_ = true;
  since_ = now;
}

bool machine::stranded() const noexcept {
  if (mode_ != source_mode::manual || overridden_ || !chosen_)
    return false;
  return watch(source_mode::cloud).sample().sources > 0
         || watch(source_mode::local).sample().sources > 0;
}

mode_change machine::go_to(source_mode to, std::string reason, mono_us now) {
  mode_change out{mode_, to, std::move(reason)};
  mode_ = to;
  since_ = now;
  return out;
}

mode_change machine::choose_first(mono_us now) {
  auto out = go_to(usable_one(now).value_or(source_mode::manual),
                   "the best that was heard first", now);
  chosen_ = true;
  out.from.reset();
  return out;
}

bool machine::dead(mono_us now) const noexcept {
  auto state = watch(mode_).state();
  if (state == mode_state::silent)
    return true;
  // After a start it gets the time that every silence gets.
  return state == mode_state::unheard
         && elapsed(*heard_since_, now) > by_.silent;
}

std::optional<source_mode> machine::good_one(mono_us now,
                                             span_us for_) const noexcept {
  for (auto m : ranked)
    if ((m != mode_ || !chosen_) && watch(m).state() == mode_state::good
        && watch(m).good_for(now) >= for_)
      return m;
  return std::nullopt;
}

std::optional<source_mode> machine::usable_one(mono_us now,
                                               span_us for_) const noexcept {
  if (auto good = good_one(now, for_))
    return good;
  for (auto m : ranked)
    if ((m != mode_ || !chosen_) && usable(watch(m).state())
        && watch(m).usable_for(now) >= for_)
      return m;
  return std::nullopt;
}

std::optional<mode_change> machine::leave_for(std::optional<source_mode> to,
                                              mono_us now) {
  if (!to)
    return std::nullopt;
  return go_to(*to, name(mode_) + " " + watch(mode_).why(now), now);
}

std::optional<mode_change> machine::leave_manual(mono_us now) {
  auto to = usable_one(now, by_.rescue_after);
  if (!to)
    return std::nullopt;
  return go_to(*to, name(*to) + " is there again", now);
}

std::optional<mode_change> machine::go_back(mono_us now) {
  for (auto m : ranked) {
    if (m == mode_)
      break;
    if (watch(m).good_for(now) >= by_.good_for)
      return go_to(m, name(m) + " " + watch(m).why(now), now);
  }
  return std::nullopt;
}

} // namespace ringside::failover
