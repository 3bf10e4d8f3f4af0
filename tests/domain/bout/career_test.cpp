#include "domain/bout/career.hpp"
#include "tests/domain/bout/model.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ringside::bout::test {
namespace {

/// Three bouts at once, in which three fighters meet.
struct season {
  explicit season(std::uint32_t seed) : source(seed) {
    const std::array<std::array<std::string, 2>, 3> pairs{
      {{"Ann", "Bea"}, {"Cy", "Ann"}, {"Bea", "Cy"}}};
    for (const auto& p : pairs) {
      auto& r
        = rings.emplace_back(choose(2) == 0 ? mma_rules() : extension_rules());
      r.ready(1 + choose(2));
      name(r.s.fighters, p);
      name(std::get<bout_created>(r.log.front().body).fighters, p);
      r.bell();
    }
  }

  static void name(per_corner<fighter>& who,
                   const std::array<std::string, 2>& names) {
    who.red.name = names[0];
    who.blue.name = names[1];
  }

  int choose(int n) {
    return static_cast<int>(source() % static_cast<unsigned>(n));
  }

  /// One command in one of them; which.
  std::size_t go_on() {
    auto at = static_cast<std::size_t>(choose(3));
    run(rings[at], any_step(rings[at], [this](int n) { return choose(n); }));
    return at;
  }

  std::mt19937 source;
  std::vector<ring> rings;
};

bout_id id_of(std::size_t at) {
  return bout_id{"b" + std::to_string(at)};
}

/// From the journals alone, the other way round and counted another way.
std::map<std::string, line_score> from_scratch(const season& x) {
  std::map<std::string, line_score> sums;
  for (auto at = x.rings.size(); at-- > 0;) {
    auto s = fold(x.rings[at].log, x.rings[at].lookup);
    if (s.phase == phase::cancelled)
      continue;
    auto totals = count_totals_again(s);
    for (auto c : both_corners)
      sums[s.fighters[c].name].add(totals[c], 1);
  }
  return sums;
}

TEST(career, equals_a_recount_from_scratch_after_every_step) {
  auto counted = 0;
  for (std::uint32_t seed = 0; seed < 120; ++seed) {
    season x{seed};
    career_book book;
    for (std::size_t at = 0; at < x.rings.size(); ++at)
      book.take(id_of(at), x.rings[at].s);
    for (int n = 0; n < 80; ++n) {
      auto at = x.go_on();
      book.take(id_of(at), x.rings[at].s);
      auto sums = from_scratch(x);
      for (const auto* who : {"Ann", "Bea", "Cy"})
        ASSERT_EQ(book.total(who), sums[who])
          << who << ", seed " << seed << ", step " << n;
    }
    counted += book.total("Ann").box.total.attempted
               + static_cast<int>(book.total("Ann").control.count);
  }
  EXPECT_GT(counted, 0);
}

TEST(career, does_not_depend_on_the_order_or_on_how_often_it_looked) {
  season x{7};
  career_book watching;
  for (int n = 0; n < 300; ++n) {
    auto at = x.go_on();
    watching.take(id_of(at), x.rings[at].s);
  }
  career_book once;
  for (auto at = x.rings.size(); at-- > 0;)
    once.take(id_of(at), x.rings[at].s);
  for (std::size_t at = 0; at < x.rings.size(); ++at)
    watching.take(id_of(at), x.rings[at].s);
  EXPECT_EQ(watching, once);
}

TEST(career, adds_up_bouts_and_names_them) {
  ring r;
  r.ready(1).bell().pass(10'000);
  r.must(op, jab(corner::red));
  r.must(op, take_control(corner::blue));
  r.pass(20'000).must(op, give_control(corner::blue));
  career_book book;
  book.take(bout_id{"b2"}, r.s);
  book.take(bout_id{"b1"}, r.s);
  // Control that is over counts although the round is open.
  EXPECT_EQ(book.total("Blue Whale").control, round_ms{40'000});
  auto red = book.total("Red Fox");
  EXPECT_EQ(red.rounds, 2);
  EXPECT_EQ(red.box.significant, (ratio{2, 2}));
  auto lines = book.lines("Red Fox");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].bout.str(), "b1");
  EXPECT_EQ(lines[1].score.box.head, (ratio{1, 1}));
  EXPECT_EQ(book.total("red fox"), line_score{});
}

TEST(career, a_cancelled_bout_counts_nothing) {
  ring r;
  r.ready(1).bell().pass(10'000);
  r.must(op, jab(corner::red));
  career_book book;
  book.take(bout_id{"b1"}, r.s);
  r.must(supervisor, cancel_bout{"the roof leaks"});
  book.take(bout_id{"b1"}, r.s);
  EXPECT_EQ(book, career_book{});
}

} // namespace
} // namespace ringside::bout::test
