#include "actors/ops/calibration_preview.hpp"

#include "domain/advice/round_advice.hpp"
#include "domain/audit/personal.hpp"
#include "domain/wire/entry_codec.hpp"

#include <algorithm>
#include <utility>

namespace ringside {

namespace {

/// Small, so that nobody waits behind a page for long.
constexpr std::size_t preview_page = 1'024;

bool differs(const scoring::assessment& a, const scoring::assessment& b) {
  return a.card != b.card || a.card_winner != b.card_winner;
}

std::string_view winner_of(const scoring::assessment& a) {
  return a.card_winner ? to_string(*a.card_winner) : std::string_view{"even"};
}

/// What a change is measured by.
json::object hybrid_side(const json::object& shown) {
  auto total = [&shown](const char* corner) {
    return *shown.at(corner).find("total_ppm");
  };
  return {{"profile", shown.at("profile")},
          {"profile_version", shown.at("profile_version")},
          {"coverage", shown.at("coverage")},
          {"red_total_ppm", total("red")},
          {"blue_total_ppm", total("blue")},
          {"lead_ppm", shown.at("lead_ppm")}};
}

/// 1: red leads; -1: blue does.
int leader_of(const json::object& side) {
  auto lead = *side.at("lead_ppm").as_int();
  return (lead > 0 ? 1 : 0) - (lead < 0 ? 1 : 0);
}

json::object side(const scoring::assessment& a) {
  return {{"profile", a.profile},
          {"profile_version", a.version},
          {"red_x10", a.card.red.count},
          {"blue_x10", a.card.blue.count},
          {"card_winner", winner_of(a)},
          {"red_wins_ppm", a.wins.red.count},
          {"blue_wins_ppm", a.wins.blue.count},
          {"too_close", a.too_close}};
}

} // namespace

calibration_preview::calibration_preview(
  std::shared_ptr<const bout::ruleset_lookup> rulesets,
  advice::in_force_ptr before, advice::in_force_ptr after, std::size_t rounds)
  : rulesets_(std::move(rulesets)), before_(std::move(before)),
    after_(std::move(after)), rounds_(std::min(rounds, rounds_max)) {
  // nop
}

void calibration_preview::begin(std::vector<persistence::bout_tail> tails) {
  for (const auto& t : tails)
    with_evidence_.insert(t.bout.str());
  std::erase_if(
    tails, [](const auto& t) { return audit::is_system_chain(t.bout.str()); });
  std::sort(tails.begin(), tails.end(),
            [](const auto& a, const auto& b) { return a.seq < b.seq; });
  for (auto& t : tails)
    to_read_.push_back(std::move(t.bout));
  complete_ = to_read_.empty();
}

std::optional<protocol::read_bout> calibration_preview::next() const {
  if (to_read_.empty() || entries_ >= entries_max)
    return std::nullopt;
  if (reading_evidence_)
    return protocol::read_bout{advice::hybrid_chain(to_read_.back()),
                               evidence_.entries, preview_page};
  return protocol::read_bout{to_read_.back(), now_.version, preview_page};
}

void calibration_preview::take(const protocol::entry_list& page) {
  entries_ += page->size();
  auto sound = reading_evidence_ ? fold_evidence(page) : fold(page);
  if (sound && page->size() == preview_page)
    return;
  if (!sound)
    return skip_bout();
  if (!reading_evidence_
      && with_evidence_.contains(advice::hybrid_chain(to_read_.back()).str())) {
    reading_evidence_ = true;
    return;
  }
  assess();
  next_bout();
}

void calibration_preview::skip_bout() {
  ++left_out_;
  next_bout();
}

bool calibration_preview::fold(const protocol::entry_list& page) {
  for (const auto& row : *page) {
    auto fields = audit::read_entry(row.bytes, row.personal);
    if (!fields)
      return false;
    auto e = wire::next_event(now_, *fields, *rulesets_);
    if (!e)
      return false;
    tallies_.add(now_, *e);
    bout::apply(now_, *e, *rulesets_);
  }
  return true;
}

bool calibration_preview::fold_evidence(const protocol::entry_list& page) {
  for (const auto& row : *page) {
    auto fields = audit::parse_entry(row.bytes);
    if (!fields || !advice::apply_hybrid_entry(evidence_, *fields, row.seq))
      return false;
  }
  return true;
}

void calibration_preview::next_bout() {
  reading_evidence_ = false;
  evidence_ = {};
  now_ = {};
  tallies_ = {};
  if (!to_read_.empty())
    to_read_.pop_back();
  if (assessed_ >= rounds_)
    to_read_.clear();
  complete_ = to_read_.empty();
}

void calibration_preview::assess() {
  for (auto n = bout::current_round_no(now_); n >= 1 && assessed_ < rounds_;
       --n) {
    if (bout::find_round(now_, n)->status == bout::round_status::open)
      continue;
    auto before = advice::assess_round(*before_, now_, tallies_, n);
    auto after = advice::assess_round(*after_, now_, tallies_, n);
    if (!before || !after)
      continue;
    ++assessed_;
    compare_hybrid(n);
    if (differs(*before, *after))
      changed_.push_back({to_read_.back(), n, tallies_.find(n)->version,
                          std::move(*before), std::move(*after)});
  }
}

void calibration_preview::compare_hybrid(int round) {
  advice::hybrid_inputs at{to_read_.back(), now_, tallies_, evidence_, round};
  auto before = advice::make_lock(at, *before_);
  auto after = advice::make_lock(at, *after_);
  if (!before || !after)
    return;
  ++hybrid_rounds_;
  hybrid_look seen{at.bout, round, hybrid_side(before->shown),
                   hybrid_side(after->shown)};
  if (seen.before.at("red_total_ppm") != seen.after.at("red_total_ppm")
      || seen.before.at("blue_total_ppm") != seen.after.at("blue_total_ppm"))
    hybrid_changed_.push_back(std::move(seen));
}

json::object calibration_preview::hybrid_answer() const {
  json::array list;
  std::int64_t leaders = 0;
  for (const auto& x : hybrid_changed_) {
    leaders += leader_of(x.before) != leader_of(x.after) ? 1 : 0;
    list.emplace_back(json::object{{"bout_id", x.bout.str()},
                                   {"round", x.round},
                                   {"before", x.before},
                                   {"after", x.after}});
  }
  return {
    {"rounds", static_cast<std::uint64_t>(hybrid_rounds_)},
    {"results_changed", static_cast<std::uint64_t>(hybrid_changed_.size())},
    {"leaders_changed", leaders},
    {"changed", std::move(list)}};
}

json::object calibration_preview::answer() const {
  json::array list;
  std::int64_t winners = 0;
  for (const auto& x : changed_) {
    winners += x.before.card_winner != x.after.card_winner ? 1 : 0;
    list.emplace_back(json::object{{"bout_id", x.bout.str()},
                                   {"round", x.round},
                                   {"version", x.version},
                                   {"before", side(x.before)},
                                   {"after", side(x.after)}});
  }
  json::object o;
  o["rounds"] = static_cast<std::uint64_t>(assessed_);
  o["complete"] = complete_;
  o["bouts_left_out"] = static_cast<std::uint64_t>(left_out_);
  o["cards_changed"] = static_cast<std::uint64_t>(changed_.size());
  o["winners_changed"] = winners;
  o["changed"] = std::move(list);
  o["hybrid"] = hybrid_answer();
  return o;
}

} // namespace ringside
