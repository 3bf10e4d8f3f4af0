#include "actors/protocol/bout_actors.hpp"
#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/judging_actors.hpp"
#include "tests/support/advice_fixture.hpp"

/// SHADOWS and HISTORY in a whole node under virtual time.
namespace ringside {
namespace {

using kind = wire::audience::kind;
using std::chrono::seconds;

/// A bout with what everybody sees of it after every step, and with or without
/// a trainee beside the panel.
class judging_fixture : public test::advice_fixture {
protected:
  protocol::text_answer shadows(auto what) {
    auto to = services->names.open<protocol::shadows_actor>("node/shadows");
    auto reply = ask<protocol::text_answer>(to, std::move(what));
    return reply ? *reply : protocol::text_answer{reply.reason()};
  }

  std::string history(auto what) {
    auto to = services->names.open<protocol::history_actor>("node/history");
    auto reply = ask<protocol::text_answer>(to, std::move(what));
    return text_or_code(reply ? *reply : protocol::text_answer{reply.reason()});
  }

  std::string give(int shadow = 1, const std::string& account = "tess") {
    return text_or_code(
      shadows(protocol::give_shadow_seat{supervisor, {id, shadow, account}}));
  }

  std::string file(int round, int red, int blue, int shadow = 1,
                   const std::string& account = "tess") {
    rules::round_score score{{whole_points(red), whole_points(blue)}};
    return text_or_code(shadows(protocol::file_shadow_card{
      {role::judge, account}, {id, shadow, round, account, {score, {}}}}));
  }

  std::string show(issuer who) {
    return text_or_code(shadows(protocol::get_shadows{std::move(who), id}));
  }

  std::string judging(wire::audience who) {
    auto to = services->names.open<protocol::scorer_actor>("bout/" + id.str()
                                                           + "/scorer");
    auto reply = ask<protocol::text_answer>(to, protocol::get_judging{who});
    return text_or_code(reply ? *reply : protocol::text_answer{reply.reason()});
  }

  void fail_next(persistence::store_op what) {
    world.disk->plan([what, done = false](auto op, auto) mutable {
      if (op != what || std::exchange(done, true))
        return persistence::fault{};
      return persistence::fault{persistence::fault::kind::fail};
    });
  }

  /// One closed round without cards.
  void fight_a_round() {
    create();
    for (auto seat = 1; seat <= 3; ++seat)
      judge(seat, bout::bind_seat{seat, {}, "tablet", false, {}});
    open_round();
    hit(corner::red, 3);
    desk("timekeeper", timekeeper, bout::close_round{1});
  }

  void panel_files() {
    for (auto seat = 1; seat <= 3; ++seat) {
      bout::submit_card card{seat, 1, {}, {}};
      card.entry.score
        = rules::round_score{{whole_points(10), whole_points(9)}};
      judge(seat, card);
    }
  }

  void finish() {
    desk("supervisor", supervisor, bout::lock_round{1});
    desk("commission", commission, bout::approve_result{});
    desk("supervisor", supervisor, bout::publish_result{});
  }
};

/// Everything that anybody is shown of the same bout in a node of its own.
class night : public judging_fixture {
public:
  static std::vector<std::string> seen(bool with_shadow) {
    night n;
    n.SetUp();
    n.with_shadow_ = with_shadow;
    n.play();
    n.TearDown();
    return n.seen_;
  }

private:
  void TestBody() override {
    // nop
  }

  /// The same questions either way, so that only what is written differs.
  void shadow_step(int step) {
    if (with_shadow_)
      EXPECT_NE((step == 0 ? give() : file(1, 9, 10)).find("tess"),
                std::string::npos);
    else
      show(supervisor);
    look();
  }

  void look() {
    using protocol::bout_part;
    auto bout = services->names.open<protocol::bout_actor>("bout/" + id.str()
                                                           + "/bout");
    std::vector<wire::audience> all{{kind::control, 0},   {kind::desk, 0},
                                    {kind::judge, 0},     {kind::judge, 1},
                                    {kind::broadcast, 0}, {kind::public_, 0}};
    for (const auto& who : all) {
      for (auto part : {bout_part::all, bout_part::cards, bout_part::result,
                        bout_part::statistics})
        take(*ask<protocol::text_answer>(bout, protocol::get_bout{who, part}));
      take(*ask<protocol::text_answer>(bout,
                                       protocol::get_bout_events{who, 0, 500}));
      seen_.push_back(judging(who));
      seen_.push_back(text_or_code(ask_scorer(who)));
    }
    for (const auto& frame : screen_->frames)
      seen_.push_back(frame);
  }

  void take(const protocol::text_answer& x) {
    seen_.push_back(text_or_code(x));
  }

  void play() {
    fight_a_round();
    auto hub = services->names.open<protocol::hub_actor>("node/hub");
    auto tv = track(sys->spawn(test::screen, screen_));
    protocol::stream_key key{"bout/" + id.str(), {kind::public_, 0}};
    caf::anon_send(caf::actor_cast<caf::actor>(hub), protocol::follow{key, tv});
    run();
    shadow_step(0);
    shadow_step(1);
    panel_files();
    look();
    finish();
    look();
    seen_.push_back(history(protocol::get_reliability{"j1"}));
    seen_.push_back(history(protocol::get_career{"Ada Red"}));
  }

  bool with_shadow_ = false;
  std::shared_ptr<test::seen_frames> screen_
    = std::make_shared<test::seen_frames>();
  std::vector<std::string> seen_;
};

TEST(shadow_seats, change_no_byte_of_what_anybody_sees_of_a_bout) {
  auto without = night::seen(false);
  auto with = night::seen(true);
  ASSERT_GT(without.size(), 100u);
  ASSERT_EQ(with.size(), without.size());
  for (std::size_t i = 0; i < with.size(); ++i)
    ASSERT_EQ(with[i], without[i]) << i;
  auto all = std::string{};
  for (const auto& text : with)
    all += text;
  EXPECT_NE(all.find("\"official\":true"), std::string::npos);
  EXPECT_NE(all.find("worst_first"), std::string::npos);
  EXPECT_EQ(all.find("tess"), std::string::npos);
}

TEST_F(judging_fixture, a_shadow_is_seated_files_and_is_compared) {
  fight_a_round();
  give();
  EXPECT_NE(file(1, 9, 10).find("\"filed\":[1]"), std::string::npos);
  EXPECT_EQ(file(1, 10, 9), "card_already_filed");
  EXPECT_EQ(file(1, 10, 9, 1, "j1"), "seat_not_bound");
  EXPECT_EQ(give(2, "j1"), "forbidden");
  EXPECT_EQ(show(supervisor).find("comparison"), std::string::npos);
  // Nobody waits for the second one.
  give(2, "tom");
  panel_files();
  finish();
  EXPECT_EQ(file(1, 10, 9, 2, "tom"), "bout_over");
  auto over = show(supervisor);
  EXPECT_NE(over.find("\"winners_equal\":0"), std::string::npos) << over;
  EXPECT_NE(over.find("\"missing\":1"), std::string::npos);
  EXPECT_EQ(show({role::judge, "j1"}).find("tess"), std::string::npos);
  EXPECT_NE(show({role::judge, "tess"}).find("comparison"), std::string::npos);
}

TEST_F(judging_fixture, shadows_come_back_from_the_journal) {
  fight_a_round();
  give();
  file(1, 9, 10);
  auto before = show(supervisor);
  kill("node/shadows");
  advance(seconds{2});
  EXPECT_EQ(show(supervisor), before);
  EXPECT_EQ(file(1, 10, 9), "card_already_filed");
  for (const auto* nowhere : {"nowhere", "_shadows", "_system"})
    EXPECT_EQ(text_or_code(
                shadows(protocol::get_shadows{supervisor, bout_id{nowhere}})),
              "not_found");
}

TEST_F(judging_fixture, a_shadow_card_that_is_not_durable_is_not_there) {
  fight_a_round();
  give();
  auto before = show(supervisor);
  fail_next(persistence::store_op::append);
  auto to = services->names.open<protocol::shadows_actor>("node/shadows");
  rules::round_score score{{whole_points(10), whole_points(9)}};
  protocol::file_shadow_card card{{role::judge, "tess"},
                                  {id, 1, 1, "tess", {score, {}}}};
  auto answer = send_request<protocol::text_answer>(to, card);
  advance(seconds{15});
  ASSERT_TRUE(*answer);
  EXPECT_FALSE(*answer && **answer
               && std::holds_alternative<std::string>((**answer)->outcome));
  EXPECT_EQ(show(supervisor), before);
  EXPECT_NE(file(1, 10, 9).find("\"filed\":[1]"), std::string::npos);
}

TEST_F(judging_fixture, cards_at_the_same_moment_are_all_kept) {
  fight_a_round();
  std::vector<pending<protocol::text_answer>> answers;
  for (int n = 1; n <= 5; ++n)
    give(n, "t" + std::to_string(n));
  auto to = services->names.open<protocol::shadows_actor>("node/shadows");
  for (int n = 1; n <= 5; ++n) {
    rules::round_score score{{whole_points(10), whole_points(9)}};
    auto who = "t" + std::to_string(n);
    answers.push_back(send_request<protocol::text_answer>(
      to, protocol::file_shadow_card{{role::judge, who},
                                     {id, n, 1, who, {score, {}}}}));
  }
  settle();
  for (const auto& a : answers)
    EXPECT_NE(text_or_code(***a).find("\"filed\":[1]"), std::string::npos);
}

TEST_F(judging_fixture, judging_is_for_those_who_see_every_card) {
  fight_a_round();
  panel_files();
  EXPECT_NE(judging({kind::control, 0}).find("\"worst_first\":[1]"),
            std::string::npos);
  EXPECT_NE(judging({kind::judge, 1}).find("\"rounds\":[]"), std::string::npos);
  finish();
  EXPECT_EQ(judging({kind::judge, 1}), judging({kind::control, 0}));
}

// -- history ------------------------------------------------------------------

TEST_F(judging_fixture, history_is_a_fold_over_published_bouts) {
  EXPECT_EQ(history(protocol::get_reliability{"j1"}), "not_found");
  fight();
  auto once = history(protocol::get_reliability{"j1"});
  EXPECT_EQ(field(once, "rounds"), "1");
  EXPECT_NE(field(once, "record").find("\"panel\":{\"all\":1,\"hits\":1"),
            std::string::npos)
    << once;
  fight_a_round();
  panel_files();
  // Not published yet.
  EXPECT_EQ(history(protocol::get_reliability{"j1"}), once);
  finish();
  auto twice = history(protocol::get_reliability{"j1"});
  EXPECT_EQ(field(twice, "rounds"), "2");
  kill("node/history");
  advance(seconds{2});
  EXPECT_EQ(history(protocol::get_reliability{"j1"}), twice);
}

TEST_F(judging_fixture, a_career_follows_a_bout_as_it_goes_on) {
  fight();
  fight_a_round();
  auto landed = [this] {
    auto v = json::parse(history(protocol::get_career{"Ada Red"}));
    return v ? *v->find("totals")->find("total_landed")->as_int() : -1;
  };
  EXPECT_EQ(landed(), 4);
  EXPECT_EQ(history(protocol::get_career{"Nobody"}), "not_found");
  panel_files();
  desk("supervisor", supervisor, bout::cancel_bout{"a power cut"});
  EXPECT_EQ(landed(), 1);
  auto before = history(protocol::get_career{"Bea Blue"});
  kill("node/history");
  advance(seconds{2});
  EXPECT_EQ(history(protocol::get_career{"Bea Blue"}), before);
}

TEST_F(judging_fixture, a_reader_that_fails_is_said_and_can_be_asked_again) {
  fight();
  fail_next(persistence::store_op::tails);
  EXPECT_EQ(history(protocol::get_career{"Ada Red"}), "io_error");
  fail_next(persistence::store_op::read_bout);
  EXPECT_EQ(history(protocol::get_career{"Ada Red"}), "io_error");
  EXPECT_EQ(field(history(protocol::get_career{"Ada Red"}), "name"), "Ada Red");
  fail_next(persistence::store_op::read_bout);
  EXPECT_EQ(show(supervisor), "io_error");
  EXPECT_NE(show(supervisor).find("\"shadows\":[]"), std::string::npos);
}

TEST_F(judging_fixture, a_damaged_bout_is_left_out_and_counted) {
  fight();
  auto damaged = id;
  fight();
  auto store = test::memory_world::open(world.disk, true);
  auto first = (*store)->read_bout(damaged, 0, 1)->front().seq;
  world.disk->flip(first, 0);
  auto record = history(protocol::get_reliability{"j1"});
  EXPECT_EQ(field(record, "bouts_left_out"), "1");
  EXPECT_EQ(field(record, "rounds"), "1");
  auto career = history(protocol::get_career{"Ada Red"});
  EXPECT_EQ(career.find(damaged.str()), std::string::npos);
  EXPECT_NE(career.find(id.str()), std::string::npos);
}

TEST_F(judging_fixture, damaged_shadow_seats_are_said_and_harm_no_bout) {
  fight_a_round();
  give();
  auto store = test::memory_world::open(world.disk, true);
  auto first = (*store)->read_bout(protocol::shadows_bout, 0, 1)->front().seq;
  world.disk->flip(first, 0);
  kill("node/shadows");
  advance(seconds{2});
  EXPECT_EQ(show(supervisor), "corrupt");
  EXPECT_EQ(file(1, 10, 9), "corrupt");
  panel_files();
  finish();
  EXPECT_NE(view_of_bout().find("\"official\":true"), std::string::npos);
}

TEST_F(judging_fixture, another_calibration_compares_with_another_engine) {
  fight();
  auto before = history(protocol::get_reliability{"j1"});
  tell(put(calibration::setting::temperature_milli, 2'000, version()));
  settle();
  auto after = history(protocol::get_reliability{"j1"});
  EXPECT_NE(field(after, "record"), field(before, "record"));
  EXPECT_EQ(field(after, "calibration_version"), "2");
}

} // namespace
} // namespace ringside
