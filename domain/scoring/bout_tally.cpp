#include "domain/scoring/bout_tally.hpp"

#include <algorithm>
#include <tuple>

namespace ringside::scoring {

namespace {

/// The round whose worth an event may change; 0 for none.
struct touch_visitor {
  const bout::state& before;

  int operator()(const bout::round_opened& x) const {
    return x.round;
  }

  int operator()(const bout::clock_started& x) const {
    return x.round;
  }

  int operator()(const bout::clock_stopped& x) const {
    return x.round;
  }

  int operator()(const bout::round_closed& x) const {
    return x.round;
  }

  int operator()(const bout::fact_logged& x) const {
    return x.round;
  }

  int operator()(const bout::event_retracted& x) const {
    if (auto found = before.facts.find(x.no); found != before.facts.end())
      return found->second.round;
    if (before.ended && before.ended->no == x.no)
      return before.ended->closed_round ? bout::current_round_no(before) : 0;
    return bout::last_clock_event(before) == x.no
             ? bout::current_round_no(before)
             : 0;
  }

  int operator()(const bout::fact_replaced& x) const {
    auto found = before.facts.find(x.replaces);
    return found != before.facts.end() ? found->second.round : 0;
  }

  int operator()(const bout::finish_recorded& x) const {
    return if_open(x.round);
  }

  int operator()(const bout::stoppage_recorded& x) const {
    return if_open(x.round);
  }

  int operator()(const bout::bout_cancelled&) const {
    return if_open(bout::current_round_no(before));
  }

  template <class Event>
  int operator()(const Event&) const {
    return 0;
  }

  int if_open(int round) const {
    const auto* r = bout::find_round(before, round);
    return r != nullptr && r->status == bout::round_status::open ? round : 0;
  }
};

/// Moves the counters of a round that was touched.
struct count_visitor {
  round_tally& counts;
  const bout::state& before;

  void operator()(const bout::fact_logged& x) const {
    add(counts, x.what);
  }

  void operator()(const bout::event_retracted& x) const {
    if (auto found = before.facts.find(x.no); found != before.facts.end())
      remove(counts, found->second.what);
  }

  void operator()(const bout::fact_replaced& x) const {
    remove(counts, before.facts.at(x.replaces).what);
    add(counts, x.what);
  }

  template <class Event>
  void operator()(const Event&) const {
    // nop
  }
};

} // namespace

int bout_tally::add(const bout::state& before, const bout::event& e) {
  auto round = std::visit(touch_visitor{before}, e.body);
  if (round < 1)
    return 0;
  auto& r = reach(round);
  std::visit(count_visitor{r.counts, before}, e.body);
  r.version = e.no;
  r.latest = std::max(r.latest, e.at);
  return round;
}

bout_tally::round_fold& bout_tally::reach(int round) {
  auto size = static_cast<std::size_t>(round);
  if (rounds_.size() < size)
    rounds_.resize(size);
  return rounds_[size - 1];
}

const bout_tally::round_fold* bout_tally::find(int round) const noexcept {
  auto index = static_cast<std::size_t>(round) - 1;
  return round >= 1 && index < rounds_.size() ? &rounds_[index] : nullptr;
}

round_ms bout_tally::until(const bout::state& now, int round) const noexcept {
  const auto* r = bout::find_round(now, round);
  const auto* known = find(round);
  if (r == nullptr || known == nullptr)
    return {};
  return bout::clock_at(*r, known->latest);
}

round_tally bout_tally::of(const bout::state& now, int round) const noexcept {
  const auto* r = bout::find_round(now, round);
  const auto* known = find(round);
  if (r == nullptr || known == nullptr)
    return {};
  auto all = known->counts;
  set_control(all, r->control, until(now, round));
  return all;
}

std::vector<placed_fact> facts_of(const bout::state& now, int round) {
  const auto* r = bout::find_round(now, round);
  if (r == nullptr)
    return {};
  struct place {
    bout::event_no no = 0;
    const bout::standing_fact* fact = nullptr;
  };
  std::vector<place> places;
  for (const auto& [no, fact] : now.facts)
    if (fact.round == round)
      places.push_back({no, &fact});
  std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return std::tie(a.fact->moment, a.fact->order)
           < std::tie(b.fact->moment, b.fact->order);
  });
  std::vector<placed_fact> all;
  all.reserve(places.size());
  for (const auto& p : places)
    all.push_back({{p.fact->what, bout::time_at(*r, p.fact->moment)}, p.no});
  return all;
}

round_tally count_again(const bout::state& now, int round, round_ms until) {
  std::vector<timed_fact> facts;
  for (auto& placed : facts_of(now, round))
    facts.push_back(std::move(placed.fact));
  return recount(facts, until);
}

} // namespace ringside::scoring
