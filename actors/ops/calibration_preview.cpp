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
  return protocol::read_bout{to_read_.back(), now_.version, preview_page};
}

void calibration_preview::take(const protocol::entry_list& page) {
  entries_ += page->size();
  auto sound = fold(page);
  if (sound && page->size() == preview_page)
    return;
  if (!sound)
    return skip_bout();
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

void calibration_preview::next_bout() {
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
    if (differs(*before, *after))
      changed_.push_back({to_read_.back(), n, tallies_.find(n)->version,
                          std::move(*before), std::move(*after)});
  }
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
  return o;
}

} // namespace ringside
