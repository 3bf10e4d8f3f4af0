#include "domain/vision/witness/hand_over.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ringside::witness {
namespace {

namespace hybrid = scoring::hybrid;

using rules::camera_counting;

/// A sure strike of two cameras in round 1.
desk::fused_fact strike() {
  desk::fused_fact x;
  x.id = "source/s1/64";
  x.rev = 2;
  x.standing = fusion::standing::sure;
  x.round = 1;
  x.at = round_ms{4'000};
  x.corner = corner::red;
  x.kind = "jab";
  x.target = bout::strike_target::head;
  x.p = {950'000};
  x.sources
    = {{"source/s1", 64, 0, 3'000, false}, {"source/s2", 64, 5, 3'000, false}};
  return x;
}

std::optional<hybrid::evidence> counted(const desk::fused_fact& x) {
  return evidence_of(x, camera_counting::strikes);
}

TEST(witness, a_sure_strike_counts_as_what_it_was) {
  auto e = counted(strike());
  ASSERT_TRUE(e);
  EXPECT_EQ(e->id, "fused.s1.64.r2");
  EXPECT_EQ(e->act, hybrid::act::strike_head);
  EXPECT_EQ(e->corner, corner::red);
  EXPECT_EQ(e->confidence.count, 950'000);
  EXPECT_EQ(e->at.count, 4'000);
  EXPECT_TRUE(e->act_id.empty());
}

TEST(witness, nothing_else_counts) {
  auto none = [](auto change) {
    auto x = strike();
    change(x);
    return !counted(x).has_value();
  };
  using fact = desk::fused_fact;
  EXPECT_TRUE(none([](fact& x) { x.standing = fusion::standing::shown; }));
  EXPECT_TRUE(none([](fact& x) { x.state = fusion::event_state::withdrawn; }));
  EXPECT_TRUE(
    none([](fact& x) { x.state = fusion::event_state::provisional; }));
  EXPECT_TRUE(none([](fact& x) { x.corner.reset(); }));
  EXPECT_TRUE(none([](fact& x) { x.at.reset(); }));
  EXPECT_TRUE(none([](fact& x) { x.round = 0; }));
  EXPECT_TRUE(none([](fact& x) {
    x.sources = {{"account/o1", 9, 0, 0, false}};
  }))
    << "only people";
}

TEST(witness, what_was_handed_over_and_made_the_event_counts) {
  auto x = strike();
  x.sources = {{"source/s1", 64, 0, 3'000, true}};
  EXPECT_TRUE(counted(x)) << "it is the evidence, after a switch of the mode";
  x.sources
    = {{"account/o1", 9, 0, 3'000, false}, {"source/s1", 64, 0, 0, true}};
  EXPECT_FALSE(counted(x)) << "it came after people had decided";
}

TEST(witness, the_rule_set_says_what_counts) {
  auto x = strike();
  EXPECT_FALSE(evidence_of(x, camera_counting::none));
  EXPECT_TRUE(evidence_of(x, camera_counting::strikes));
  EXPECT_FALSE(evidence_of(x, camera_counting::strikes_with_human));
  x.sources.push_back({"account/o1", 17, 9, 1'000, false});
  auto e = evidence_of(x, camera_counting::strikes_with_human);
  ASSERT_TRUE(e);
  EXPECT_EQ(e->act_id, "e17") << "the operator's event is the same act";
}

TEST(witness, an_event_that_a_person_named_has_a_name_too) {
  auto x = strike();
  x.id = "account/some-very-long-account-name-of-an-operator-of-a-venue/17";
  x.sources.push_back({"account/o1", 17, 9, 1'000, false});
  ASSERT_TRUE(counted(x));
  EXPECT_EQ(counted(x)->id, "fused.e17.r2");
}

/// One that is asked and one that answers.
struct two {
  void see(const desk::fused_fact& x,
           camera_counting c = camera_counting::strikes) {
    out.want(evidence_name(x), x.round, evidence_of(x, c));
  }

  std::optional<advice::hybrid_news> next() {
    return out.next([](int) { return true; });
  }

  /// All of it, as a SCORER takes it.
  int settle() {
    int n = 0;
    for (; auto news = next(); ++n)
      out.taken(*news);
    return n;
  }

  hand_over out;
};

TEST(witness, reports_wait_until_cameras_watch) {
  two t;
  t.see(strike());
  EXPECT_FALSE(t.next());
  t.out.cover(1, hybrid::coverage::both);
  auto news = t.next();
  ASSERT_TRUE(news && news->coverage);
  EXPECT_EQ(news->coverage->watched, hybrid::coverage::both);
  ASSERT_EQ(news->reports.size(), 1u);
  t.out.taken(*news);
  EXPECT_FALSE(t.next()) << "once";
  t.out.cover(1, hybrid::coverage::human_only);
  ASSERT_TRUE(t.next() && t.next()->coverage);
  EXPECT_TRUE(t.next()->reports.empty());
}

TEST(witness, a_revision_withdraws_and_reports) {
  two t;
  t.out.cover(1, hybrid::coverage::both);
  t.see(strike());
  t.settle();
  auto later = strike();
  later.rev = 3;
  t.see(later);
  EXPECT_FALSE(t.next()) << "it counts the same";
  later.corner = corner::blue;
  t.see(later);
  auto news = t.next();
  ASSERT_TRUE(news);
  ASSERT_EQ(news->withdrawn.size(), 1u);
  EXPECT_EQ(news->withdrawn[0].id, "fused.s1.64.r2");
  ASSERT_EQ(news->reports.size(), 1u);
  EXPECT_EQ(news->reports[0].id, "fused.s1.64.r3");
  t.out.taken(*news);
  later.rev = 4;
  later.state = fusion::event_state::withdrawn;
  t.see(later);
  news = t.next();
  ASSERT_TRUE(news);
  EXPECT_EQ(news->withdrawn.size(), 1u);
  EXPECT_TRUE(news->reports.empty());
  t.out.taken(*news);
  EXPECT_FALSE(t.next());
}

TEST(witness, what_the_other_has_is_not_sent_again) {
  two t;
  t.out.cover(1, hybrid::coverage::both);
  t.see(strike());
  advice::hybrid_book book;
  book.rounds[1].watched = hybrid::coverage::both;
  auto e = *counted(strike());
  book.rounds[1].reports.emplace(e.id, e);
  t.out.know(book);
  EXPECT_FALSE(t.next());
  t.out.know({});
  ASSERT_TRUE(t.next());
  EXPECT_EQ(t.next()->reports.size(), 1u);
}

TEST(witness, messages_are_short_and_none_is_torn) {
  two t;
  t.out.cover(1, hybrid::coverage::both);
  for (int i = 0; i < 100; ++i) {
    auto x = strike();
    x.id = "source/s1/" + std::to_string(64 + i);
    t.see(x);
  }
  auto news = t.next();
  ASSERT_TRUE(news);
  EXPECT_EQ(news->reports.size(), advice::hybrid_news_max);
  EXPECT_EQ(t.settle(), 5);
  EXPECT_EQ(t.out.counters().handed, 100u);
  for (int i = 0; i < 100; ++i) {
    auto x = strike();
    x.id = "source/s1/" + std::to_string(64 + i);
    x.rev = 3;
    x.p = {999'000};
    t.see(x);
  }
  EXPECT_EQ(t.out.next([](int) { return true; }, 1)->reports.size(), 1u);
  for (int n = 0; auto more = t.next(); ++n) {
    ASSERT_LT(n, 20);
    EXPECT_EQ(more->reports.size(), more->withdrawn.size());
    EXPECT_LE(more->reports.size() * 2, advice::hybrid_news_max);
    t.out.taken(*more);
  }
}

TEST(witness, what_is_refused_is_not_asked_again) {
  two t;
  t.out.cover(1, hybrid::coverage::both);
  t.see(strike());
  t.out.refused(*t.next());
  EXPECT_FALSE(t.next());
  EXPECT_EQ(t.out.counters().refused, 1u);
}

TEST(witness, a_closed_round_waits) {
  two t;
  t.out.cover(1, hybrid::coverage::both);
  t.see(strike());
  EXPECT_FALSE(t.out.next([](int) { return false; }));
  EXPECT_TRUE(t.next());
}

} // namespace
} // namespace ringside::witness
