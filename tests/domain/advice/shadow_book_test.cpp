#include "domain/advice/shadow_book.hpp"
#include "tests/domain/bout/ring.hpp"

#include <gtest/gtest.h>

namespace ringside::advice {
namespace {

using bout::test::ring;
using bout::test::scores;

const bout_id shadowed_bout{"b1"};
const issuer trainee{role::judge, "tess"};
const issuer supervisor{role::supervisor, "sue"};

class shadow_desk : public ::testing::Test {
protected:
  shadow_desk() {
    r.ready().fight_round();
  }

  /// What came of it: `written`, `same`, or the code of the refusal.
  template <class T>
  std::string put(T x) {
    auto before = book;
    auto d = decide(book, r.s, x);
    EXPECT_EQ(book, before);
    if (!d)
      return std::string{to_string(d.reason().code)};
    if (!*d)
      return "same";
    audit::entry_fields entry;
    entry.kind = std::is_same_v<T, seat_shadow> ? kind_shadow_seated
                                                : kind_shadow_card_filed;
    // As the journal gives it back.
    entry.data = *json::parse(json::to_text(**d));
    EXPECT_TRUE(apply_shadow_entry(book, entry));
    return "written";
  }

  std::string give(int shadow, std::string account) {
    return put(seat_shadow{shadowed_bout, shadow, std::move(account)});
  }

  std::string file(int shadow, int round, int red, int blue,
                   std::string account = "tess", std::string reason = "") {
    return put(file_shadow{shadowed_bout,
                           shadow,
                           round,
                           std::move(account),
                           {*scores(red, blue).score, std::move(reason)}});
  }

  json::value seen(const issuer& who) {
    return shadows_json(book, r.s, shadowed_bout, who);
  }

  ring r;
  shadow_book book;
};

TEST_F(shadow_desk, seats_and_files_once) {
  EXPECT_EQ(give(1, "tess"), "written");
  EXPECT_EQ(give(1, "tess"), "same");
  EXPECT_EQ(file(1, 1, 10, 9), "written");
  EXPECT_EQ(file(1, 1, 10, 9), "same");
  EXPECT_EQ(file(1, 1, 9, 10), "card_already_filed");
  EXPECT_EQ(book.version, 2u);
  // Also after the lock a repeat gets its answer.
  r.all_file(1, scores(10, 9)).lock(1);
  EXPECT_EQ(file(1, 1, 10, 9), "same");
}

TEST_F(shadow_desk, refuses_seats) {
  EXPECT_EQ(give(0, "tess"), "not_found");
  EXPECT_EQ(give(shadow_seats_max + 1, "tess"), "not_found");
  EXPECT_EQ(give(1, ""), "invalid_value");
  EXPECT_EQ(give(1, bout::test::account_of(2)), "forbidden");
  EXPECT_EQ(give(1, "tess"), "written");
  EXPECT_EQ(give(2, "tess"), "seat_taken");
  // Nobody has filed there yet.
  EXPECT_EQ(give(1, "tom"), "written");
  EXPECT_EQ(file(1, 1, 10, 9, "tom"), "written");
  EXPECT_EQ(give(1, "tess"), "seat_taken");
  ring over;
  over.ready().must(bout::test::supervisor, bout::cancel_bout{"rain"});
  EXPECT_EQ(
    decide(book, over.s, seat_shadow{shadowed_bout, 3, "tina"}).reason().code,
    ec::bout_over);
  ring whole{bout::test::whole_bout_rules()};
  whole.ready();
  EXPECT_EQ(
    decide(book, whole.s, seat_shadow{shadowed_bout, 3, "tina"}).reason().code,
    ec::not_in_ruleset);
  EXPECT_EQ(decide(book, bout::state{}, seat_shadow{shadowed_bout, 3, "t"})
              .reason()
              .code,
            ec::not_found);
}

TEST_F(shadow_desk, refuses_cards_as_the_panel_does) {
  EXPECT_EQ(file(1, 1, 10, 9), "seat_not_bound");
  give(1, "tess");
  EXPECT_EQ(file(1, 1, 10, 9, "tom"), "seat_not_bound");
  EXPECT_EQ(file(1, 2, 10, 9), "not_found");
  EXPECT_EQ(file(1, 1, 11, 9), "score_not_allowed");
  r.bell();
  EXPECT_EQ(file(1, 2, 10, 9), "round_not_closed");
  r.all_file(1, scores(10, 9)).lock(1);
  EXPECT_EQ(file(1, 1, 10, 9), "round_locked");
}

TEST_F(shadow_desk, who_joins_the_panel_files_no_more_shadow_cards) {
  give(1, "tess");
  r.must(bout::test::supervisor, bout::assign_judge{2, {"Tess", "tess"}});
  r.must(trainee, bout::bind_seat{2, "", "tablet", false, ""});
  EXPECT_EQ(file(1, 1, 10, 9), "forbidden");
}

TEST_F(shadow_desk, is_compared_when_the_bout_is_over) {
  give(1, "tess");
  give(2, "tom");
  file(1, 1, 9, 10);
  r.all_file(1, scores(10, 9)).lock(1);
  r.fight_round();
  file(1, 2, 10, 9);
  r.all_file(2, scores(10, 9)).lock(2);
  r.fight_round();
  auto during = json::to_text(seen(supervisor));
  EXPECT_NE(during.find(R"("filed":[1,2])"), std::string::npos);
  EXPECT_EQ(during.find("cards"), std::string::npos);
  EXPECT_EQ(during.find("comparison"), std::string::npos);
  // The own cards only, and nothing of the other seat.
  auto own = json::to_text(seen(trainee));
  EXPECT_NE(own.find(R"("blue_x10":100)"), std::string::npos);
  EXPECT_EQ(own.find("tom"), std::string::npos);
  r.all_file(3, scores(10, 9)).lock(3);
  auto over = seen(supervisor);
  const auto& c = *over.find("shadows")->as_array()->front().find("comparison");
  EXPECT_EQ(*c.find("winners_equal")->as_int(), 1);
  EXPECT_EQ(*c.find("exact")->as_int(), 1);
  EXPECT_EQ(*c.find("missing")->as_int(), 1);
  EXPECT_EQ(*c.find("score_ppm")->as_int(), 500'000);
  EXPECT_FALSE(*c.find("bout_winner_equal")->as_bool());
  // For the judge once it is published.
  EXPECT_EQ(json::to_text(seen(trainee)).find("comparison"), std::string::npos);
  r.must(bout::test::commission, bout::approve_result{});
  r.must(bout::test::supervisor, bout::publish_result{});
  EXPECT_NE(json::to_text(seen(trainee)).find("comparison"), std::string::npos);
}

TEST_F(shadow_desk, cannot_read_what_nobody_wrote) {
  auto code = [this](std::string name, json::value data) {
    audit::entry_fields entry;
    entry.kind = std::move(name);
    entry.data = std::move(data);
    auto ok = apply_shadow_entry(book, entry);
    return ok ? ec{} : ok.reason().code;
  };
  auto before = book;
  EXPECT_EQ(code("shadow_danced", json::object{}), ec::corrupt);
  EXPECT_EQ(code("shadow_seated", json::object{{"bout_id", "b1"}}),
            ec::corrupt);
  EXPECT_EQ(code("shadow_card_filed", json::object{{"bout_id", "b1"},
                                                   {"shadow", 1},
                                                   {"round", 1},
                                                   {"red_x10", 100},
                                                   {"blue_x10", 90}}),
            ec::corrupt);
  EXPECT_EQ(book, before);
}

} // namespace
} // namespace ringside::advice
