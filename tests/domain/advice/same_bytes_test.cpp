#include "domain/audit/entry.hpp"
#include "domain/wire/entry_codec.hpp"
#include "tests/domain/advice/random_bout.hpp"
#include "tests/domain/synthetic/fixture.hpp"

#include <gtest/gtest.h>

#include <map>

/// Live, restarted, replayed and simulated runs of the same events give the
/// same assessments, byte for byte, in 10,000 random bouts.
namespace ringside::advice {
namespace {

using test::dealer;
using test::random_bout;

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)                    \
  && !defined(__SANITIZE_THREAD__)
constexpr std::uint32_t anything = 9'000;
constexpr std::uint32_t drawn = 1'000;
#else
// An instrumented build takes ten times as long.
constexpr std::uint32_t anything = 450;
constexpr std::uint32_t drawn = 50;
#endif

/// What the bouts of this test were made of: a test of empty ones proves
/// nothing.
struct census {
  std::size_t bouts = 0;
  std::size_t rounds = 0;
  std::size_t several_rounds = 0;
  std::size_t events = 0;
  std::size_t corrections = 0;
  std::size_t compared = 0;
  std::size_t moved = 0;
  std::size_t reasons = 0;
};

/// Folds events one by one, as SCORER does.
class scorer_fold {
public:
  explicit scorer_fold(const random_bout& b) : b_(b) {
    // nop
  }

  void take(const bout::event& e) {
    tallies.add(now, e);
    bout::apply(now, e, b_.lookup);
  }

  round_advice advice(const in_force& f, int round) const {
    auto made = advise(f, now, tallies, b_.id, round);
    EXPECT_TRUE(made) << made.reason().detail;
    return made ? *made : round_advice{};
  }

  bout::state now;
  scoring::bout_tally tallies;

private:
  const random_bout& b_;
};

std::string bytes_of(const round_advice& a, const random_bout& b) {
  return json::to_text(json::value{advice_json(a, b.id)});
}

/// All rounds of a bout as far as it is folded.
std::vector<std::string> all_bytes(const in_force& f, const scorer_fold& at,
                                   const random_bout& b) {
  std::vector<std::string> all;
  for (int n = 1; n <= bout::current_round_no(at.now); ++n)
    all.push_back(bytes_of(at.advice(f, n), b));
  return all;
}

/// One bout on all its roads.
class roads {
public:
  roads(const random_bout& b, const in_force& f, dealer& choose, census& seen)
    : b_(b), f_(f), choose_(choose), seen_(seen), live_(b) {
    // nop
  }

  /// Live: event by event, looked at about five times and at the end.
  void run_live() {
    auto seldom = 1 + static_cast<int>(b_.log.size()) / 5;
    for (const auto& e : b_.log) {
      live_.take(e);
      seen_.corrections
        += std::holds_alternative<bout::event_retracted>(e.body)
           || std::holds_alternative<bout::fact_replaced>(e.body);
      if (choose_(seldom) == 0 || e.no == b_.log.size())
        looks_[e.no] = all_bytes(f_, live_, b_);
    }
    auto rounds = looks_.empty() ? 0 : looks_.rbegin()->second.size();
    ++seen_.bouts;
    seen_.events += b_.log.size();
    seen_.rounds += rounds;
    seen_.several_rounds += rounds > 1;
  }

  /// Restarted: the entries up to some moment from their bytes, the rest from
  /// the news of the BOUT. At 0 nobody died, at the end it is a whole replay.
  void run_restarted() {
    auto entries = test::entries_of(b_);
    for (auto cut :
         {static_cast<std::size_t>(choose_(static_cast<int>(b_.log.size()))),
          b_.log.size()}) {
      scorer_fold again{b_};
      for (std::size_t i = 0; i < b_.log.size(); ++i) {
        if (i < cut)
          take_bytes(again, entries[i]);
        else
          again.take(b_.log[i]);
        if (auto look = looks_.find(again.now.version);
            look != looks_.end() && again.now.version >= cut) {
          ASSERT_EQ(all_bytes(f_, again, b_), look->second)
            << "restarted after " << cut << " entries";
          ++seen_.compared;
        }
      }
    }
  }

  /// Replayed: the same facts in another order of arrival. Only the numbers of
  /// the events may differ.
  void run_replayed() {
    auto other = test::rearranged(b_, choose_);
    scorer_fold again{b_};
    for (const auto& e : other.log) {
      again.take(e);
      seen_.moved += other.old_of[e.no] != e.no;
    }
    for (int n = 1; n <= bout::current_round_no(live_.now); ++n) {
      auto a = again.advice(f_, n);
      auto wanted = live_.advice(f_, n);
      a.version = wanted.version;
      a.receipt = wanted.receipt;
      for (auto& r : a.reasons)
        r.no = other.old_of[r.no];
      ASSERT_EQ(bytes_of(a, b_), bytes_of(wanted, b_)) << "round " << n;
      ++seen_.compared;
    }
  }

  /// Simulated: from the list of facts of a round, as the simulator and
  /// `evaluate` see it.
  /// @param numbers The event of each fact.
  void simulate(int round, const std::vector<scoring::timed_fact>& facts,
                round_ms until, const std::vector<bout::event_no>& numbers) {
    auto wanted = live_.advice(f_, round);
    auto a = wanted;
    const auto& rules = *live_.now.ruleset;
    const auto& p = *profile_for(f_, live_.now);
    a.assessment = scoring::assess(p, rules, scoring::recount(facts, until),
                                   iso_date(live_.now.created_at));
    a.reasons.clear();
    for (auto& c : scoring::explain(p, rules.scale, facts, until, reasons_max))
      a.reasons.push_back({c, numbers[c.index]});
    a.until = until;
    seen_.reasons += a.reasons.size();
    ASSERT_EQ(bytes_of(a, b_), bytes_of(wanted, b_)) << "round " << round;
    ++seen_.compared;
  }

  /// The same with the facts that stand in the end.
  void simulate_what_stands() {
    for (int n = 1; n <= bout::current_round_no(live_.now); ++n) {
      std::vector<scoring::timed_fact> facts;
      std::vector<bout::event_no> numbers;
      for (auto& placed : scoring::facts_of(live_.now, n)) {
        facts.push_back(placed.fact);
        numbers.push_back(placed.no);
      }
      simulate(n, facts, live_.tallies.until(live_.now, n), numbers);
    }
  }

  const scorer_fold& live() const noexcept {
    return live_;
  }

private:
  void take_bytes(scorer_fold& to, const std::string& bytes) const {
    auto fields = audit::parse_entry(bytes);
    ASSERT_TRUE(fields) << fields.reason().detail;
    auto e = wire::next_event(to.now, *fields, b_.lookup);
    ASSERT_TRUE(e) << e.reason().detail;
    to.take(*e);
  }

  const random_bout& b_;
  const in_force& f_;
  dealer& choose_;
  census& seen_;
  scorer_fold live_;
  /// What was seen live, by version.
  std::map<bout::event_no, std::vector<std::string>> looks_;
};

TEST(same_bytes, live_restarted_replayed_simulated_in_anything) {
  census seen;
  for (std::uint32_t seed = 0; seed < anything && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    dealer choose{seed};
    auto b = test::any_bout(choose);
    auto f = test::any_in_force(choose);
    roads all{b, *f, choose, seen};
    all.run_live();
    all.run_restarted();
    all.run_replayed();
    all.simulate_what_stands();
  }
  EXPECT_EQ(seen.bouts, anything);
  EXPECT_GT(seen.several_rounds, anything / 3);
  EXPECT_GT(seen.events, 20 * anything);
  EXPECT_GT(seen.corrections, anything);
  EXPECT_GT(seen.moved, anything);
  EXPECT_GT(seen.reasons, anything);
  EXPECT_GT(seen.compared, 5 * anything);
  RecordProperty("compared", std::to_string(seen.compared));
  RecordProperty("events", std::to_string(seen.events));
}

TEST(same_bytes, a_simulated_bout_is_the_bout_that_officials_log) {
  census seen;
  const auto& shipped = synthetic::test::shipped().get();
  for (std::uint32_t seed = 0; seed < drawn && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    dealer choose{seed};
    auto f = test::any_in_force(choose);
    synthetic::series with{.generator = shipped.generator,
                           .rules = shipped.rules,
                           .engine = f->profiles.begin()->second,
                           .words = shipped.words,
                           .plan = shipped.plan,
                           .seed = 77,
                           .date = {}};
    auto d = test::draw(with, seed, choose);
    roads all{d.logged, *f, choose, seen};
    all.run_live();
    all.run_restarted();
    all.run_replayed();
    for (std::size_t i = 0; i < d.played.bout.rounds.size(); ++i) {
      const auto& round = d.played.bout.rounds[i];
      auto n = static_cast<int>(i) + 1;
      all.simulate(n, round.facts, round.length, d.numbers[i]);
      // What the simulator itself made of it while it played.
      EXPECT_EQ(scoring::look_at(f->profiles.begin()->second,
                                 shipped.rules.scale,
                                 all.live().tallies.of(all.live().now, n),
                                 iso_date(all.live().now.created_at)),
                d.played.seen[i]);
    }
  }
  EXPECT_EQ(seen.bouts, drawn);
  EXPECT_GT(seen.rounds, 2 * drawn);
  EXPECT_GT(seen.corrections, 20 * drawn);
  EXPECT_GT(seen.moved, 20 * drawn);
  RecordProperty("compared", std::to_string(seen.compared));
  RecordProperty("events", std::to_string(seen.events));
}

} // namespace
} // namespace ringside::advice
