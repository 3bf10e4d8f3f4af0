#include "domain/vision/intake/source_book.hpp"

#include "domain/timing/device_timeline.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace ringside::intake {

namespace {

constexpr std::uint64_t seq_max = std::uint64_t{1} << 40;
constexpr span_us quarantine_min = seconds(10);

error too_many(std::int64_t left) {
  return refuse(ec::rate_limited,
                "this source may send " + std::to_string(left) + " reports now",
                "items", "send the batch again in a second, or a smaller one");
}

error workers_behind() {
  return refuse(ec::rate_limited,
                "as many batches as can be wait for vision workers", "items",
                "send the batch again in a second");
}

template <class Int>
Int smoothed(Int old, Int fresh, bool first) noexcept {
  return first ? fresh : static_cast<Int>(old + (fresh - old) / 16);
}

} // namespace

std::string_view place(const vendor::mapper& how, const batch& what,
                       mono_us& at, std::int32_t& err_us) {
  if (how.mapping().clock == vendor::clock_kind::device) {
    if (!what.clock)
      return "no_clock";
    auto t = what.clock->line.at(at.count);
    // No fusion builds on the times of a red clock.
    if (timing::status_of(t, what.clock->age_us) == timing::clock_status::red)
      return "clock_red";
    at = t.at;
    err_us = static_cast<std::int32_t>(
      std::min<std::int64_t>(err_us + t.err_us, 2'000'000));
  }
  auto age = elapsed(at, what.arrived).count;
  if (age > source_book::age_max_us)
    return "too_old";
  if (age < -source_book::ahead_max_us)
    return "in_future";
  return {};
}

const std::string* source_book::earlier(std::uint64_t seq) const {
  for (const auto& a : answers_)
    if (a.seq == seq)
      return &a.text;
  return nullptr;
}

void source_book::note_number(std::uint64_t seq) {
  if (seq > newest_) {
    // The first one may have any number.
    if (newest_ > 0)
      counters_.missing += seq - newest_ - 1;
    newest_ = seq;
    return;
  }
  ++counters_.late;
  if (counters_.missing > 0)
    --counters_.missing;
}

std::optional<result<intake_result>>
source_book::shut_to(const source_fact& fact, const batch& what) {
  using outcome = result<intake_result>;
  if (what.seq == 0 || what.seq > seq_max)
    return outcome{
      refuse(ec::invalid_value, "batches are numbered from 1", "seq")};
  heard_ = what.arrived;
  if (const auto* text = earlier(what.seq)) {
    ++counters_.repeated;
    return outcome{intake_result{*text, {}, true, {}}};
  }
  auto count = static_cast<std::int64_t>(what.items->size());
  if (what.items->size() > items_max)
    return outcome{
      refuse(ec::too_large, "a batch has at most 64 items", "items")};
  if (fact.workers && !can_be_handed_on(*what.items))
    return outcome{refuse(ec::malformed, "this cannot be handed on", "items",
                          "keys of pictures are 1 to 32 of a-z 0-9 _")};
  look(what.arrived);
  if (flood_.add(count, what.arrived))
    hold(quarantine::flood, what.arrived);
  if (fact.workers && backlog_.full()) {
    ++counters_.turned_away;
    return outcome{workers_behind()};
  }
  if (!credit_.take(count, what.arrived)) {
    ++counters_.turned_away;
    return outcome{too_many(credit_.left(what.arrived))};
  }
  if (!seen_.take(what.seq)) {
    ++counters_.repeated;
    return outcome{refuse(ec::wrong_state,
                          "batch " + std::to_string(what.seq)
                            + " was answered long ago, or is too far behind",
                          "seq", "go on from " + std::to_string(newest_ + 1))};
  }
  return std::nullopt;
}

result<intake_result> source_book::take(const source_fact& fact,
                                        const vendor::mapper& how,
                                        const batch& what) {
  if (auto answer = shut_to(fact, what))
    return std::move(*answer);
  note_number(what.seq);
  ++counters_.batches;
  counters_.items += what.items->size();
  item_rate_.add(static_cast<std::int64_t>(what.items->size()), what.arrived);
  reading done;
  if (fact.workers)
    queue(what, done);
  else
    read_items(fact, how, what, done);
  done.out.answer = answer_of(fact, what, done);
  answers_.push_back({what.seq, done.out.answer});
  if (answers_.size() > answers_max)
    answers_.pop_front();
  return std::move(done.out);
}

void source_book::read_items(const source_fact& fact, const vendor::mapper& how,
                             const batch& what, reading& to) {
  if (how.frames() != nullptr)
    read_pictures(fact, how, what, to);
  else
    for (std::size_t i = 0; i < what.items->size(); ++i)
      read_item(how, what, i, to);
  if (held_ != quarantine::none) {
    counters_.held_back += to.out.reports.size() + to.out.acts.size();
    to.out.reports.clear();
    to.out.acts.clear();
  }
  counters_.taken += how.frames() != nullptr
                       ? static_cast<std::uint64_t>(to.pictures)
                       : to.out.reports.size();
}

void source_book::read_item(const vendor::mapper& how, const batch& what,
                            std::size_t index, reading& to) {
  auto got = how.map((*what.items)[index]);
  if (got.why != vendor::refusal::none) {
    if (got.why == vendor::refusal::unknown_label)
      unknown_labels_.add(got.said);
    return refuse_item(index, text_of(got.why), got.said, to);
  }
  if (!got.report) {
    ++counters_.no_strikes;
    ++to.no_strikes;
    return;
  }
  auto& r = *got.report;
  auto said = std::to_string(r.t_est.count);
  if (auto why = place(how, what, r.t_est, r.err_us); !why.empty())
    return refuse_item(index, why, said, to);
  // The same number again whenever the batch comes again.
  r.seq = what.seq * items_max + index;
  measure(r.t_est, r.err_us, r.in_view, what.arrived);
  believe(r);
  labels_.add(*r.kind);
  if (labels_.collapsed())
    hold(quarantine::labels, what.arrived);
  to.out.reports.push_back(r);
}

void source_book::refuse_item(std::size_t index, std::string_view code,
                              const std::string& said, reading& to) {
  ++counters_.refused;
  refusals_.add(code);
  json::object o;
  o["index"] = static_cast<std::int64_t>(index);
  o["code"] = code;
  if (!said.empty())
    o["said"] = said;
  to.refused.emplace_back(std::move(o));
}

void source_book::measure(mono_us at, std::int32_t err_us, bool in_view,
                          mono_us arrived) {
  auto first = counters_.taken + counters_.held_back == 0;
  auto way = elapsed(at, arrived).count;
  latency_us_ = smoothed(latency_us_, way, first && latency_us_ == 0);
  latency_max_us_ = std::max(latency_max_us_, way);
  clock_err_us_ = err_us;
  in_view_ = in_view;
}

void source_book::believe(const fusion::report& r) {
  if (r.conf)
    confidence_ppm_
      = smoothed(confidence_ppm_, r.conf->count, confidence_ppm_ < 0);
}

// -- quarantine ---------------------------------------------------------------

void source_book::hold(quarantine why, mono_us now) {
  if (held_ == quarantine::none)
    ++counters_.quarantines;
  // A flood goes before whatever is in it, and lasts from its last report.
  if (held_ != quarantine::flood)
    held_ = why;
  held_since_ = now;
}

void source_book::look(mono_us now) {
  auto calm = flood_.calm(now);
  if (held_ == quarantine::none || elapsed(held_since_, now) < quarantine_min)
    return;
  if (held_ == quarantine::flood ? calm : labels_.sound())
    held_ = quarantine::none;
}

void source_book::beat(mono_us now, bool in_view) {
  heard_ = now;
  in_view_ = in_view;
  ++counters_.heartbeats;
  look(now);
}

std::string source_book::answer_of(const source_fact& fact, const batch& what,
                                   reading& done) {
  json::object o;
  o["source_id"] = fact.id;
  o["seq"] = static_cast<std::int64_t>(what.seq);
  o["taken"] = pictures_ ? done.pictures
                         : static_cast<std::int64_t>(done.out.reports.size());
  if (pictures_) {
    o["strikes"] = static_cast<std::int64_t>(done.out.reports.size());
    o["acts"] = static_cast<std::int64_t>(done.out.acts.size());
  }
  o["no_strikes"] = done.no_strikes;
  o["refused"] = std::move(done.refused);
  o["credit"] = credit_.left(what.arrived);
  if (done.queued >= 0) {
    o["queued"] = done.queued;
    o["waiting"] = static_cast<std::int64_t>(backlog_.batches().size());
  }
  o["quarantine"] = text_of(held_);
  return json::to_text(json::value{std::move(o)});
}

} // namespace ringside::intake
