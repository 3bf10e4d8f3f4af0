#include "domain/bout/decide.hpp"
#include "domain/synthetic/observed.hpp"
#include "domain/synthetic/play.hpp"
#include "tests/domain/synthetic/fixture.hpp"

#include <gtest/gtest.h>

namespace ringside::synthetic {
namespace {

using scoring::column;
using test::shipped;

constexpr std::uint64_t bouts = 300;

series long_series() {
  auto s = shipped().get();
  s.plan.rounds = 5;
  return s;
}

synthetic_bout bout_no(const series& s, std::uint64_t i) {
  return draw_bout(s.generator, s.plan, s.words, s.seed, i);
}

TEST(synthetic_bout, is_the_same_for_a_seed_and_another_for_another) {
  auto s = long_series();
  for (std::uint64_t i = 0; i < 20; ++i) {
    auto a = bout_no(s, i);
    auto b = bout_no(s, i);
    ASSERT_EQ(a.rounds.size(), b.rounds.size());
    for (std::size_t r = 0; r < a.rounds.size(); ++r)
      EXPECT_EQ(a.rounds[r].facts, b.rounds[r].facts);
  }
  auto other = s;
  other.seed = 2;
  EXPECT_NE(bout_no(s, 0).rounds[0].facts, bout_no(other, 0).rounds[0].facts);
  EXPECT_NE(bout_no(s, 0).rounds[0].facts, bout_no(s, 1).rounds[0].facts);
}

TEST(synthetic_bout, facts_hold_exactly_what_was_drawn) {
  auto s = long_series();
  s.plan.finishes = false;
  for (std::uint64_t i = 0; i < bouts; ++i)
    for (const auto& r : bout_no(s, i).rounds) {
      auto t = scoring::recount(r.facts, r.length);
      for (auto c : both_corners) {
        const auto& drawn = r.counts[c];
        const auto& seen = t.corners[c];
        EXPECT_EQ(seen[column::knockdowns], drawn.of(stat::knockdowns));
        EXPECT_EQ(seen[column::distance], drawn.of(stat::distance_landed));
        EXPECT_EQ(seen[column::clinch], drawn.of(stat::clinch_landed));
        EXPECT_EQ(seen[column::ground], drawn.of(stat::ground_landed));
        EXPECT_EQ(seen[column::leg], observed(drawn).legs_landed);
        EXPECT_EQ(seen[column::body], observed(drawn).body_landed);
        EXPECT_EQ(seen[column::other_landed], drawn.of(stat::other_landed));
        EXPECT_EQ(seen[column::other_missed], drawn.of(stat::other_missed));
        EXPECT_EQ(seen[column::takedowns], drawn.of(stat::takedowns));
        EXPECT_EQ(seen[column::takedowns_failed],
                  drawn.of(stat::takedowns_failed));
        EXPECT_EQ(seen[column::submissions], drawn.of(stat::submissions));
        EXPECT_EQ(seen[column::reversals], drawn.of(stat::reversals));
        EXPECT_EQ(seen[column::control_minutes],
                  drawn.of(stat::control_s) * 1'000);
      }
    }
}

TEST(synthetic_bout, keeps_within_its_rounds) {
  auto s = long_series();
  auto finished = 0;
  for (std::uint64_t i = 0; i < bouts; ++i) {
    auto b = bout_no(s, i);
    ASSERT_FALSE(b.rounds.empty());
    finished += b.finish ? 1 : 0;
    for (const auto& r : b.rounds) {
      auto before = round_ms{};
      for (const auto& f : r.facts) {
        EXPECT_GE(f.at, before);
        EXPECT_LE(f.at, r.length);
        before = f.at;
      }
      EXPECT_LE(r.counts.red.of(stat::control_s)
                  + r.counts.blue.of(stat::control_s),
                300);
    }
    if (b.finish) {
      EXPECT_EQ(b.finish->round, static_cast<int>(b.rounds.size()));
      EXPECT_EQ(b.finish->at, b.rounds.back().length);
    } else {
      EXPECT_EQ(b.rounds.size(), 5u);
    }
  }
  EXPECT_GT(finished, 80);
  EXPECT_LT(finished, 240);
}

// -- through the state machine ------------------------------------------------

/// One bout that decide and apply fight through, command by command.
class real_bout {
public:
  explicit real_bout(const series& s)
    : rules_(std::make_shared<const rules::ruleset>(s.rules)),
      lookup_([this](std::string_view, int) { return rules_; }) {
    bout::create_bout what;
    what.ruleset = s.rules.id;
    what.fighters = {{"Red", "", "", ""}, {"Blue", "", "", ""}};
    what.scheduled_rounds = s.plan.rounds;
    what.judges = {{"A", "j1"}, {"B", "j2"}, {"C", "j3"}};
    must(role::supervisor, "sue", std::move(what));
    for (auto seat = 1; seat <= 3; ++seat)
      must(role::judge, judge(seat),
           bout::bind_seat{seat, judge(seat), "tablet", false, ""});
  }

  void play(const synthetic_round& r, int no, bool ends) {
    must(role::timekeeper, "tim", bout::open_round{no});
    must(role::timekeeper, "tim", bout::start_clock{});
    auto began = now_;
    for (const auto& f : r.facts) {
      now_ = after(began, milliseconds(f.at.count));
      auto by_referee = std::holds_alternative<bout::deduction>(f.what);
      must(by_referee ? role::supervisor : role::operator_, "olga",
           bout::log_fact{f.what, {}});
    }
    now_ = after(began, milliseconds(r.length.count));
    if (!ends)
      must(role::timekeeper, "tim", bout::close_round{no});
  }

  void file(const played_bout& b, int no) {
    for (auto seat = 1; seat <= 3; ++seat) {
      bout::submit_card card;
      card.seat = seat;
      card.round = no;
      card.entry.score = b.cards[static_cast<std::size_t>(seat - 1)]
                           .rounds[static_cast<std::size_t>(no - 1)];
      card.reason = "as drawn";
      must(role::judge, judge(seat), std::move(card));
    }
    must(role::supervisor, "sue", bout::lock_round{no});
  }

  void finish(const early_end& end) {
    must(role::supervisor, "sue",
         bout::record_finish{end.winner, end.method, end.round, end.at});
  }

  const bout::state& state() const {
    return state_;
  }

private:
  static std::string judge(int seat) {
    return "j" + std::to_string(seat);
  }

  void must(role who, const std::string& account, bout::command_body body) {
    bout::command c;
    c.by = {who, account};
    c.body = std::move(body);
    auto made = bout::decide(state_, c, {now_, lookup_});
    ASSERT_TRUE(made) << made.reason().detail;
    for (auto& e : *made)
      bout::apply(state_, {state_.version + 1, c.by, e.at, std::move(e.body)},
                  lookup_);
  }

  std::shared_ptr<const rules::ruleset> rules_;
  bout::ruleset_lookup lookup_;
  bout::state state_;
  mono_us now_{1'000'000};
};

TEST(synthetic_bout, every_command_of_it_is_accepted_and_the_result_is_equal) {
  auto s = long_series();
  for (std::uint64_t i = 0; i < 60; ++i) {
    auto b = play(s, i);
    ASSERT_TRUE(b);
    real_bout real{s};
    for (std::size_t r = 0; r < b->bout.rounds.size(); ++r) {
      auto no = static_cast<int>(r) + 1;
      auto ends = b->bout.finish && r + 1 == b->bout.rounds.size();
      real.play(b->bout.rounds[r], no, ends);
      if (HasFatalFailure())
        return;
      const auto& round = real.state().rounds[r];
      for (auto c : both_corners)
        if (!ends) {
          EXPECT_EQ(round.control.total(c, round.closed_ms).count,
                    b->bout.rounds[r].counts[c].of(stat::control_s) * 1'000);
        }
      if (!ends)
        real.file(*b, no);
    }
    if (b->bout.finish)
      real.finish(*b->bout.finish);
    ASSERT_TRUE(real.state().result);
    EXPECT_EQ(real.state().result->kind, b->result.kind);
    EXPECT_EQ(real.state().result->winner, b->result.winner);
    EXPECT_EQ(real.state().result->tuple, b->result.tuple);
  }
}

} // namespace
} // namespace ringside::synthetic
