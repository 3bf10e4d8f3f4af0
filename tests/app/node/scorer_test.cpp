#include "actors/protocol/feed_actors.hpp"
#include "tests/support/advice_fixture.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

/// The SCORER in a whole node under virtual time.
namespace ringside {
namespace {

using calibration::setting;
using kind = wire::audience::kind;
using std::chrono::milliseconds;
using std::chrono::seconds;

class scorer_fixture : public test::advice_fixture {
protected:
  void SetUp() override {
    advice_fixture::SetUp();
    create();
    open_round();
  }

  std::uint64_t entries() {
    return (*test::memory_world::open(world.disk, true))->head()->size;
  }

  /// Handles so many messages and no more; time goes on where none is left.
  void handle(int messages) {
    for (; messages > 0; --messages)
      if (!sched->try_run_once())
        sched->advance_time(milliseconds{10});
  }

  std::string scorer() const {
    return "bout/" + id.str() + "/scorer";
  }

  std::uint32_t restarts_of(const std::string& who) {
    auto tree = ask<actor_status>(root, get_status{});
    if (!tree)
      return 999;
    const auto* found = find(*tree, who);
    return found != nullptr ? found->restarts : 999;
  }

  static const actor_status* find(const actor_status& at,
                                  const std::string& who) {
    if (at.name == who)
      return &at;
    for (const auto& below : at.children)
      if (const auto* found = find(below, who))
        return found;
    return nullptr;
  }

  /// A screen on the topic of the assessments.
  std::shared_ptr<test::seen_frames> follow() {
    auto seen = std::make_shared<test::seen_frames>();
    auto tv = track(sys->spawn(test::screen, seen));
    auto hub = services->names.open<protocol::hub_actor>("node/hub");
    protocol::stream_key key{"assessment/" + id.str(), {kind::control, 0}};
    caf::anon_send(caf::actor_cast<caf::actor>(hub), protocol::follow{key, tv});
    run();
    return seen;
  }

  std::string snapshot() {
    auto hub = services->names.open<protocol::hub_actor>("node/hub");
    protocol::stream_key key{"assessment/" + id.str(), {kind::control, 0}};
    auto start = ask<protocol::join_answer>(hub, protocol::join{key, {}});
    return *std::get<protocol::joined>(start->outcome).frames.front();
  }

  static json::value part(const std::string& frame, const char* where,
                          const char* what) {
    auto v = json::parse(frame, {1'024 * 1'024, 16});
    const auto* outer = v ? v->find(where) : nullptr;
    const auto* inner = outer != nullptr ? outer->find(what) : nullptr;
    return inner != nullptr ? *inner : json::value{};
  }
};

TEST_F(scorer_fixture, equals_a_recount_from_the_journal) {
  hit(corner::red, 3);
  auto wrong = log(bout::knockdown{corner::blue, "hard"});
  EXPECT_EQ(assessment(), recounted());
  log(bout::control_start{corner::red, "top"});
  advance(seconds{30});
  hit(corner::red);
  EXPECT_EQ(assessment(), recounted());
  desk("supervisor", supervisor,
       bout::retract_event{wrong.first, "it was a slip"});
  EXPECT_EQ(assessment(), recounted());
  desk("timekeeper", timekeeper, bout::close_round{1});
  EXPECT_EQ(assessment(), recounted());
  EXPECT_NE(assessment().find("\"closed\":true"), std::string::npos);
}

TEST_F(scorer_fixture, comes_back_equal_after_a_kill_in_mid_round) {
  hit(corner::red, 5);
  auto before = assessment();
  kill(scorer());
  settle();
  EXPECT_EQ(assessment(), before);
  EXPECT_EQ(restarts_of(scorer()), 1u);
  // What happens while it is away is not lost either.
  kill(scorer());
  hit(corner::blue, 4);
  settle();
  EXPECT_EQ(assessment(), recounted());
  EXPECT_NE(assessment(), before);
}

TEST_F(scorer_fixture, never_touches_the_bout_however_often_it_ends) {
  for (int n = 0; n < 60; ++n) {
    kill(scorer());
    advance(milliseconds{50});
  }
  hit(corner::red);
  advance(seconds{3});
  EXPECT_EQ(restarts_of("bout/" + id.str() + "/bout"), 0u);
  EXPECT_EQ(restarts_of("bout/" + id.str() + "/advisers"), 0u);
  EXPECT_GT(restarts_of(scorer()), 5u);
  EXPECT_EQ(assessment(), recounted());
}

TEST_F(scorer_fixture, a_reader_that_fails_costs_time_only) {
  hit(corner::red, 2);
  world.disk->plan([left = 3](persistence::store_op op, auto) mutable {
    if (op != persistence::store_op::read_bout || left == 0)
      return persistence::fault{};
    --left;
    return persistence::fault{persistence::fault::kind::fail};
  });
  kill(scorer());
  settle();
  EXPECT_EQ(assessment(), "unavailable");
  advance(seconds{3});
  EXPECT_EQ(assessment(), recounted());
  EXPECT_EQ(restarts_of("bout/" + id.str() + "/bout"), 0u);
}

TEST_F(scorer_fixture, survives_a_new_bout_actor_and_a_new_hub) {
  hit(corner::red, 3);
  auto before = assessment();
  for (auto victim : {"bout/" + id.str() + "/bout", std::string{"node/hub"},
                      std::string{"node/calibration"}}) {
    kill(victim);
    advance(seconds{2});
    EXPECT_EQ(assessment(), before) << victim;
    EXPECT_EQ(json::to_text(part(snapshot(), "state", "round_1")), before)
      << victim;
  }
  hit(corner::red);
  EXPECT_EQ(assessment(), recounted());
}

TEST_F(scorer_fixture, case_14_the_topic_shows_what_an_answer_shows) {
  auto seen = follow();
  hit(corner::red, 2);
  log(bout::knockdown{corner::red, "hard"});
  advance(milliseconds{200});
  ASSERT_FALSE(seen->frames.empty());
  auto shown = part(seen->frames.back(), "changes", "round_1");
  EXPECT_EQ(json::to_text(shown), assessment());
  EXPECT_EQ(*shown.find("receipt")->as_string(), field(recounted(), "receipt"));
}

TEST_F(scorer_fixture, the_topic_changes_ten_times_a_second_at_most) {
  advance(seconds{1});
  auto seen = follow();
  for (int n = 0; n < 100; ++n) {
    auto s = jab();
    send("bout/" + id.str() + "/desk/operator",
         make(operator_, bout::log_fact{s, {}}), id);
    advance(milliseconds{10});
  }
  EXPECT_GE(seen->frames.size(), 5u);
  EXPECT_LE(seen->frames.size(), 11u);
  advance(seconds{1});
  auto settled = seen->frames.size();
  EXPECT_EQ(json::to_text(part(seen->frames.back(), "changes", "round_1")),
            assessment());
  // Nothing more to say: nothing is said.
  advance(seconds{5});
  EXPECT_EQ(seen->frames.size(), settled);
}

TEST_F(scorer_fixture, case_33_a_calibration_takes_effect_at_a_position) {
  hit(corner::red, 6);
  auto before = assessment();
  auto told
    = text_or_code(tell(put(setting::temperature_milli, 2'000, version())));
  settle();
  auto after = assessment();
  EXPECT_EQ(after, recounted());
  EXPECT_NE(field(after, "receipt"), field(before, "receipt"));
  EXPECT_EQ(field(after, "version"), field(before, "version"));
  EXPECT_EQ(field(after, "calibration_version"), field(told, "version"));
  EXPECT_EQ(field(after, "calibration_position"), field(told, "position"));
  EXPECT_NE(field(after, "red"), field(before, "red"));
  // Whoever starts later is under it, too.
  kill(scorer());
  settle();
  EXPECT_EQ(assessment(), after);
}

/// Random bouts through a real SCORER that is killed now and then, beside the
/// BOUT, the CALIBRATION, the READER and the HUB.
TEST_F(scorer_fixture, random_bouts_with_kills_equal_a_recount) {
  std::mt19937 source{11};
  auto choose = [&source](unsigned n) { return source() % n; };
  const std::vector<std::string> others{"node/calibration", "node/reader",
                                        "node/hub"};
  for (int n = 0; n < 12 && !HasFailure(); ++n) {
    if (n > 0) {
      create();
      open_round();
    }
    std::vector<bout::event_no> standing;
    for (int step = 0; step < 60 && !HasFailure(); ++step) {
      auto by = choose(2) == 0 ? corner::red : corner::blue;
      bout::fact what = bout::knockdown{by, "hard"};
      if (choose(3) == 0)
        what = bout::control_start{by, "top"};
      else if (choose(2) == 0)
        what = bout::takedown{by, choose(2) == 0};
      auto draw = choose(12);
      if (draw < 7) {
        standing.push_back(log(what).first);
      } else if (draw < 9 && !standing.empty()) {
        auto no = standing.back();
        standing.pop_back();
        if (draw == 7)
          desk("operator", operator_, bout::retract_event{no, "no"});
        else
          standing.push_back(
            desk("operator", operator_, bout::replace_event{no, what, "no"})
              .first);
      } else if (draw == 9) {
        advance(milliseconds{choose(20'000)});
      } else if (draw == 10) {
        kill(scorer());
        advance(milliseconds{choose(30)});
      } else {
        kill(others[choose(3)]);
        advance(seconds{3});
      }
      if (choose(4) == 0) {
        advance(milliseconds{500});
        EXPECT_EQ(assessment(), recounted())
          << "bout " << n << " step " << step;
      }
    }
    desk("timekeeper", timekeeper, bout::close_round{1});
    advance(seconds{1});
    EXPECT_EQ(assessment(), recounted());
    EXPECT_EQ(json::to_text(part(snapshot(), "state", "round_1")),
              assessment());
  }
}

TEST_F(scorer_fixture, misses_no_change_while_it_starts) {
  hit(corner::red, 6);
  // While the node starts, its name is nobody's yet and refuses: at every point
  // of that, something changes.
  auto taken = 0;
  for (int n = 0; n < 200 && !HasFailure(); ++n) {
    caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
    advance(milliseconds{200});
    spawn_tree();
    handle(n);
    auto told = send_request<protocol::text_answer>(
      services->names.open<protocol::calibration_actor>("node/calibration"),
      put(setting::temperature_milli, 1'500 + n, 1 + taken));
    advance(seconds{2});
    taken = version() - 1;
    ASSERT_EQ(assessment(), recounted()) << "after " << n << " messages";
  }
  EXPECT_GT(taken, 50);
}

TEST_F(scorer_fixture, a_bout_without_a_profile_says_so) {
  world.profiles.clear();
  auto none = std::make_shared<scoring::profile>(*test::plain_profile("box"));
  none->discipline = rules::sport::boxing;
  world.profiles = {test::loaded(none, 7)};
  ASSERT_NE(text_or_code(tell(protocol::reload_profiles{commission, "boxing"})),
            "not_found");
  settle();
  EXPECT_EQ(assessment(), "not_found");
  EXPECT_NE(snapshot().find("unavailable"), std::string::npos);
}

TEST_F(scorer_fixture, the_wall_opens_round_by_round) {
  for (auto seat = 1; seat <= 3; ++seat)
    judge(seat, bout::bind_seat{seat, {}, "tablet", false, {}});
  hit(corner::red, 2);
  desk("timekeeper", timekeeper, bout::close_round{1});
  auto sees = [this](wire::audience who) {
    return text_or_code(ask_scorer(who)) != "forbidden";
  };
  EXPECT_TRUE(sees({kind::control, 0}));
  EXPECT_TRUE(sees({kind::broadcast, 0}));
  for (auto who : {wire::audience{kind::judge, 0},
                   {kind::judge, 1},
                   {kind::judge, 2},
                   {kind::desk, 0},
                   {kind::public_, 0}})
    EXPECT_FALSE(sees(who));
  bout::submit_card card;
  card.seat = card.round = 1;
  card.entry.score = rules::round_score{{whole_points(10), whole_points(9)}};
  judge(1, card);
  EXPECT_TRUE(sees({kind::judge, 1}));
  EXPECT_FALSE(sees({kind::judge, 2}));
  EXPECT_FALSE(sees({kind::judge, 0}));
  EXPECT_FALSE(sees({kind::desk, 0}));
  // Not even that there is no second round is told.
  EXPECT_EQ(text_or_code(ask_scorer({kind::judge, 1}, 2)), "forbidden");
}

TEST_F(scorer_fixture, an_assessment_changes_no_result) {
  hit(corner::red, 3);
  auto view = view_of_bout();
  auto size = entries();
  static_cast<void>(assessment());
  tell(put(setting::wide_card_at_ppm, 1, version()));
  settle();
  EXPECT_EQ(view_of_bout(), view);
  EXPECT_EQ(entries(), size + 1);
}

} // namespace
} // namespace ringside
