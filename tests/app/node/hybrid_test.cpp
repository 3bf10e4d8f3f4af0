#include "actors/protocol/records_actors.hpp"
#include "domain/advice/hybrid_round.hpp"
#include "tests/support/advice_fixture.hpp"

#include <algorithm>

/// Hybrid scoring in a whole node under virtual time.
namespace ringside {
namespace {

namespace hybrid = scoring::hybrid;

using calibration::setting;
using hybrid::act;
using persistence::fault;
using persistence::store_op;
using std::chrono::milliseconds;
using std::chrono::seconds;

class hybrid_fixture : public test::advice_fixture {
protected:
  void SetUp() override {
    world.profiles.push_back(test::loaded(test::plain_hybrid(), 21));
    world.profiles.push_back(test::loaded(test::plain_weights(), 31));
    advice_fixture::SetUp();
    create();
    for (auto seat = 1; seat <= 3; ++seat)
      judge(seat, bout::bind_seat{seat, {}, "tablet", false, {}});
    open_round();
    // People are late: a camera has been there 300 ms before.
    advance(seconds{1});
  }

  /// The bout, its evidence and what is in force, from the journal alone.
  struct folded {
    bout::state now;
    scoring::bout_tally tallies;
    advice::hybrid_book book;
    advice::in_force_ptr force;
    const bout_id& id;

    advice::hybrid_inputs at(int round = 1) const {
      return {id, now, tallies, book, round};
    }
  };

  folded from_journal() {
    folded f{{}, {}, {}, in_journal(), id};
    auto store = test::memory_world::open(world.disk, true);
    auto lookup = world.make(sched->clock().now())->rulesets;
    auto bout_rows = (*store)->read_bout(id, 0, 100'000);
    for (const auto& row : *bout_rows) {
      auto e = wire::next_event(f.now, *audit::parse_entry(row.bytes), *lookup);
      f.tallies.add(f.now, *e);
      bout::apply(f.now, *e, *lookup);
    }
    auto rows = (*store)->read_bout(advice::hybrid_chain(id), 0, 100'000);
    for (const auto& row : *rows)
      EXPECT_TRUE(advice::apply_hybrid_entry(
        f.book, *audit::parse_entry(row.bytes), row.seq));
    return f;
  }

  /// A camera's report of an act at a moment; sure, middling.
  static hybrid::evidence seen(std::string name, std::int64_t at_ms,
                               corner who = corner::red,
                               act what = act::strike_head) {
    hybrid::evidence e;
    e.id = std::move(name);
    e.reporter = "cam1";
    e.corner = who;
    e.act = what;
    e.severity = {500'000};
    e.confidence = {1'000'000};
    e.at = {at_ms};
    return e;
  }

  std::string tell_scorer(advice::hybrid_news what) {
    auto to = services->names.open<protocol::scorer_actor>(scorer());
    auto slot = send_request<protocol::evidence_answer>(
      to, protocol::report_evidence{{role::source, "vision"}, what});
    settle();
    if (!*slot || !**slot)
      return "no answer";
    const auto& x = (**slot)->outcome;
    return std::holds_alternative<std::size_t>(x)
             ? std::to_string(std::get<std::size_t>(x))
             : std::string{to_string(std::get<error>(x).code)};
  }

  /// Cameras watch and report.
  std::string report(std::vector<hybrid::evidence> what) {
    advice::hybrid_news news;
    news.round = 1;
    news.coverage
      = hybrid::change_coverage{hybrid::coverage::both, "cameras are up"};
    news.reports = std::move(what);
    return tell_scorer(std::move(news));
  }

  /// When the last standing fact was, as a camera has it.
  std::int64_t last_fact_ms() {
    auto f = from_journal();
    return advice::human_evidence(f.at()).back().at.count - 300;
  }

  std::string scorer() const {
    return "bout/" + id.str() + "/scorer";
  }

  json::value shown() {
    auto v = json::parse(assessment(), {1'024 * 1'024, 16});
    const auto* found = v ? v->find("hybrid") : nullptr;
    return found != nullptr ? *found : json::value{};
  }

  /// `red.counts.head_milli` and the like.
  static std::string at(const json::value& v, std::string_view path) {
    const auto* here = &v;
    while (!path.empty() && here != nullptr) {
      auto dot = path.find('.');
      here = here->find(path.substr(0, dot));
      path = dot == path.npos ? "" : path.substr(dot + 1);
    }
    if (here == nullptr)
      return "";
    return here->as_string() != nullptr ? *here->as_string()
                                        : json::to_text(*here);
  }

  std::string at(std::string_view path) {
    return at(shown(), path);
  }

  void file_cards() {
    for (auto seat = 1; seat <= 3; ++seat) {
      bout::submit_card card;
      card.seat = seat;
      card.round = 1;
      card.entry.score
        = rules::round_score{{whole_points(10), whole_points(9)}};
      judge(seat, card);
    }
  }

  void lock() {
    desk("timekeeper", timekeeper, bout::close_round{1});
    file_cards();
    lock_again();
  }

  void lock_again() {
    desk("supervisor", supervisor, bout::lock_round{1});
    settle();
  }

  void unlock() {
    desk("supervisor", supervisor,
         bout::unlock_round{1, "commission:c1", "a strike was missed"});
    settle();
  }

  void fail_appends(int times) {
    world.disk->plan([times](store_op op, auto) mutable {
      if (op != store_op::append || times == 0)
        return fault{};
      --times;
      return fault{fault::kind::fail};
    });
  }
};

TEST_F(hybrid_fixture, without_cameras_people_count_in_full) {
  hit(corner::red, 2);
  log(bout::takedown{corner::blue, false});
  auto v = shown();
  EXPECT_EQ(at(v, "state"), "open");
  EXPECT_EQ(at(v, "coverage"), "human_only");
  EXPECT_EQ(at(v, "profile"), "hybrid");
  EXPECT_EQ(at(v, "profile_version"), "1");
  EXPECT_EQ(at(v, "normalise"), "plain_weights");
  EXPECT_EQ(at(v, "calibration_version"), "1");
  EXPECT_EQ(at(v, "red.counts.head_milli"), "2000");
  EXPECT_EQ(at(v, "red.total_ppm"), "200000");
  EXPECT_EQ(at(v, "blue.counts.takedowns_failed_milli"), "1000");
  EXPECT_EQ(at(v, "lead_ppm"), "100000");
}

TEST_F(hybrid_fixture, a_strike_that_both_saw_counts_once) {
  hit(corner::red);
  EXPECT_EQ(report({seen("c1", last_fact_ms())}), "1");
  auto v = shown();
  EXPECT_EQ(at(v, "acts.both"), "1");
  EXPECT_EQ(at(v, "red.counts.head_milli"), "1000");
  EXPECT_EQ(at(v, "sources.camera.red.head_milli"), "1000");
  EXPECT_EQ(at(v, "sources.human.red.head_milli"), "1000");
  // The same report once more, as after a lost answer, is nothing new.
  EXPECT_EQ(report({seen("c1", last_fact_ms())}), "0");
  EXPECT_EQ(json::to_text(shown()), json::to_text(v));
}

TEST_F(hybrid_fixture, an_act_may_be_named_by_its_event) {
  auto fact = log(bout::knockdown{corner::red, "hard"});
  auto far = seen("c1", 0, corner::red, act::knockdown_flash);
  far.act_id = "e" + std::to_string(fact.first);
  report({far});
  auto v = shown();
  EXPECT_EQ(at(v, "acts.both"), "1");
  EXPECT_EQ(at(v, "red.counts.knockdowns_flash_milli"), "700");
  EXPECT_EQ(at(v, "red.counts.knockdowns_hard_milli"), "300");
}

TEST_F(hybrid_fixture, each_kind_of_source_can_change_the_score) {
  report({seen("c1", 50, corner::blue)});
  EXPECT_EQ(at("lead_ppm"), "-70000");
  hit(corner::red, 2);
  EXPECT_EQ(at("lead_ppm"), "-10000");
  hit(corner::red);
  EXPECT_EQ(at("lead_ppm"), "20000");
  report({seen("c2", 90'000, corner::blue)});
  EXPECT_EQ(at("lead_ppm"), "-50000");
}

TEST_F(hybrid_fixture, exchanged_corners_mirror_the_score) {
  hit(corner::red, 2);
  hit(corner::blue);
  report({seen("c1", 60'000), seen("c2", 61'000, corner::blue, act::takedown)});
  auto f = from_journal();
  auto before = advice::hybrid_json(f.at(), *f.force);
  for (auto& [no, fact] : f.now.facts)
    std::get<bout::strike>(fact.what).corner
      = opponent(std::get<bout::strike>(fact.what).corner);
  for (auto& [name, one] : f.book.rounds[1].reports)
    one.corner = opponent(one.corner);
  auto after = advice::hybrid_json(f.at(), *f.force);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(json::to_text(before->at("red")), json::to_text(after->at("blue")));
  EXPECT_EQ(json::to_text(before->at("blue")), json::to_text(after->at("red")));
  EXPECT_EQ(*before->at("lead_ppm").as_int(), -*after->at("lead_ppm").as_int());
  EXPECT_NE(*before->at("lead_ppm").as_int(), 0);
}

TEST_F(hybrid_fixture, what_a_cap_takes_is_said) {
  hit(corner::red, 4);
  auto v = shown();
  EXPECT_EQ(at(v, "red.weights.damage.counted_ppm"), "250000");
  EXPECT_EQ(at(v, "red.weights.damage.capped_ppm"), "150000");
  EXPECT_EQ(at(v, "red.total_ppm"), "250000");
}

TEST_F(hybrid_fixture, evidence_that_is_wrong_is_refused_whole) {
  auto human = seen("c1", 1'000);
  human.source = hybrid::source::human;
  EXPECT_EQ(report({human}), "invalid_value");
  EXPECT_EQ(report({seen("c1", 1'000), seen("human.e3", 1'000)}),
            "invalid_value");
  EXPECT_EQ(report(std::vector(25, seen("c1", 1'000))), "too_large");
  advice::hybrid_news unwatched;
  unwatched.round = 1;
  unwatched.reports = {seen("c1", 1'000)};
  EXPECT_EQ(tell_scorer(unwatched), "wrong_state");
  unwatched.round = 2;
  EXPECT_EQ(tell_scorer(unwatched), "not_found");
  EXPECT_EQ(at("coverage"), "human_only");
  EXPECT_EQ(from_journal().book.entries, 0u);
}

TEST_F(hybrid_fixture, a_withdrawn_report_leaves_no_trace_in_the_score) {
  report({seen("c1", 50)});
  auto before = at("red");
  report({seen("c2", 60'000)});
  EXPECT_NE(at("red"), before);
  advice::hybrid_news news;
  news.round = 1;
  news.withdrawn = {{"c2", "it was the referee"}};
  EXPECT_EQ(tell_scorer(news), "1");
  EXPECT_EQ(at("red"), before);
  EXPECT_EQ(report({seen("c2", 60'000)}), "already_retracted");
}

TEST_F(hybrid_fixture, a_preview_says_what_other_weights_would_have_made) {
  hit(corner::red, 1);
  report({seen("c1", 60'000, corner::blue)});
  lock();
  auto locked = shown();
  EXPECT_EQ(at(locked, "red.total_ppm"), "30000");
  EXPECT_EQ(at(locked, "blue.total_ppm"), "70000");
  calibration::change people;
  people.values = {{setting::hybrid_camera_weight_milli, 200},
                   {setting::hybrid_human_weight_milli, 800}};
  auto text = text_or_code(tell(protocol::preview_calibration{people, 40}));
  auto v = *json::parse(text, {1'024 * 1'024, 16});
  EXPECT_EQ(at(v, "hybrid.rounds"), "1") << text;
  EXPECT_EQ(at(v, "hybrid.results_changed"), "1");
  EXPECT_EQ(at(v, "hybrid.leaders_changed"), "1");
  const auto& row = v.find("hybrid")->find("changed")->as_array()->front();
  EXPECT_EQ(at(row, "bout_id"), id.str());
  EXPECT_EQ(at(row, "before.red_total_ppm"), "30000") << "as it was locked";
  EXPECT_EQ(at(row, "before.blue_total_ppm"), "70000");
  EXPECT_EQ(at(row, "after.red_total_ppm"), "80000");
  EXPECT_EQ(at(row, "after.blue_total_ppm"), "20000");
  EXPECT_EQ(json::to_text(shown()), json::to_text(locked)) << "only a look";
  text = text_or_code(tell(protocol::preview_calibration{{}, 40}));
  v = *json::parse(text, {1'024 * 1'024, 16});
  EXPECT_EQ(at(v, "hybrid.rounds"), "1");
  EXPECT_EQ(at(v, "hybrid.results_changed"), "0");
}

TEST_F(hybrid_fixture, a_kill_in_mid_round_leaves_the_same_digest) {
  hit(corner::red, 2);
  report({seen("c1", last_fact_ms()), seen("c2", 90'000, corner::blue)});
  auto before = assessment();
  kill(scorer());
  settle();
  EXPECT_EQ(assessment(), before);
  lock();
  EXPECT_EQ(at("state"), "locked");
  auto digest = at("digest");
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(at("revision"), "1");
  auto locked = assessment();
  for (int n = 0; n < 3; ++n) {
    kill(scorer());
    advance(seconds{1});
  }
  EXPECT_EQ(assessment(), locked);
  // Anybody can compute it again from the journal; nobody wrote a second one.
  auto f = from_journal();
  EXPECT_EQ(f.book.of(1).locks.size(), 1u);
  EXPECT_EQ(advice::make_lock(f.at(), *f.force)->digest, digest);
  f.book.rounds[1].reports.at("c1").confidence.count -= 1;
  EXPECT_NE(advice::make_lock(f.at(), *f.force)->digest, digest);
}

TEST_F(hybrid_fixture, a_lock_that_was_missed_is_made_up_for) {
  hit(corner::red);
  desk("timekeeper", timekeeper, bout::close_round{1});
  file_cards();
  kill(scorer());
  send("bout/" + id.str() + "/desk/supervisor",
       make(supervisor, bout::lock_round{1}), id);
  kill(scorer());
  advance(seconds{3});
  EXPECT_EQ(at("state"), "locked");
  EXPECT_EQ(from_journal().book.of(1).locks.size(), 1u);
}

TEST_F(hybrid_fixture, a_correction_after_the_lock_is_a_new_revision) {
  hit(corner::red, 2);
  auto wrong = log(jab());
  report({seen("c1", 50)});
  lock();
  auto first = shown();
  EXPECT_EQ(report({seen("late", 70'000)}), "round_locked");
  unlock();
  EXPECT_EQ(at("state"), "scoring");
  // Locked again as it was: it is the same lock.
  lock_again();
  EXPECT_EQ(json::to_text(shown()), json::to_text(first));
  unlock();
  desk("supervisor", supervisor,
       bout::retract_event{wrong.first, "it was blocked"});
  EXPECT_EQ(report({seen("late", 70'000)}), "1");
  lock_again();
  auto second = shown();
  EXPECT_EQ(at(second, "revision"), "2");
  EXPECT_NE(at(second, "digest"), at(first, "digest"));
  EXPECT_NE(at(second, "red"), at(first, "red"));
  const auto locks = from_journal().book.of(1).locks;
  ASSERT_EQ(locks.size(), 2u);
  EXPECT_EQ(locks[0].digest, at(first, "digest"));
  EXPECT_EQ(locks[0].digest,
            at(second.find("earlier_locks")->as_array()->front(), "digest"));
}

TEST_F(hybrid_fixture, a_reload_changes_the_round_that_runs_and_no_lock) {
  hit(corner::red);
  report({seen("c1", 60'000, corner::blue)});
  EXPECT_EQ(at("lead_ppm"), "-40000");
  auto next = test::plain_hybrid(2);
  next->sources.camera.weight_milli = 200;
  next->sources.human.weight_milli = 800;
  world.profiles[1] = test::loaded(next, 22);
  auto reload = [this] {
    auto x = text_or_code(tell(protocol::reload_profiles{commission, "tuned"}));
    settle();
    return x;
  };
  EXPECT_NE(reload().find("\"version\":2"), std::string::npos);
  EXPECT_EQ(at("lead_ppm"), "60000");
  EXPECT_EQ(at("profile_version"), "2");
  EXPECT_EQ(at("calibration_version"), "2");
  lock();
  auto locked = shown();
  auto weights = test::plain_weights(2);
  weights->weights.fill({50'000, scoring::normalise::category::control});
  world.profiles[2] = test::loaded(weights, 32);
  reload();
  EXPECT_EQ(json::to_text(shown()), json::to_text(locked));
  kill(scorer());
  advance(seconds{1});
  EXPECT_EQ(json::to_text(shown()), json::to_text(locked));
  EXPECT_EQ(from_journal().book.of(1).locks.size(), 1u);
  unlock();
  EXPECT_EQ(at("normalise_version"), "2");
  EXPECT_EQ(at("red.weights.control.counted_ppm"), "40000");
}

TEST_F(hybrid_fixture, wrong_profiles_are_refused_by_their_term) {
  auto reload = [this](std::size_t which, advice::loaded_profile what) {
    auto old = std::exchange(world.profiles[which], std::move(what));
    auto x = tell(protocol::reload_profiles{commission, "tuned"});
    world.profiles[which] = old;
    const auto* why = std::get_if<error>(&x.outcome);
    return why != nullptr ? why->field + ": " + why->detail : "accepted";
  };
  // Other bytes under a known version.
  EXPECT_EQ(reload(1, test::loaded(test::plain_hybrid(), 99)).substr(0, 8),
            "hybrid: ");
  EXPECT_EQ(reload(2, test::loaded(test::plain_weights(), 99)).substr(0, 15),
            "plain_weights: ");
  auto lost = test::plain_hybrid(2);
  lost->normalise = "nobody";
  EXPECT_EQ(reload(1, test::loaded(lost, 22)).substr(0, 18),
            "hybrid.normalise: ");
  EXPECT_EQ(version(), 1);
  EXPECT_EQ(at("profile_version"), "1");
}

TEST_F(hybrid_fixture, settings_weigh_the_sources) {
  hit(corner::red);
  report({seen("c1", 60'000, corner::blue)});
  auto change = put(setting::hybrid_camera_weight_milli, 400, version());
  change.wanted.values.emplace_back(setting::hybrid_human_weight_milli, 600);
  tell(change);
  settle();
  EXPECT_EQ(at("lead_ppm"), "20000");
  EXPECT_EQ(at("sources.camera.weight_milli"), "400");
  EXPECT_EQ(at("calibration_version"), std::to_string(version()));
  // A report below the floor that was set counts nothing any more.
  auto unsure = seen("c2", 90'000, corner::blue);
  unsure.confidence = {700'000};
  report({unsure});
  EXPECT_EQ(at("lead_ppm"), "-8000");
  tell(put(setting::hybrid_confidence_floor_ppm, 750'000, version()));
  settle();
  EXPECT_EQ(at("lead_ppm"), "20000");
  auto x = tell(put(setting::hybrid_confidence_floor_ppm, 990'000, version()));
  EXPECT_EQ(std::get<error>(x.outcome).field, "hybrid_confidence_floor_ppm");
}

TEST_F(hybrid_fixture, the_profile_is_chosen_by_name) {
  auto other = test::plain_hybrid();
  other->id = "hybrid_even";
  other->sources.camera.weight_milli = 500;
  other->sources.human.weight_milli = 500;
  world.profiles.push_back(test::loaded(other, 41));
  tell(protocol::reload_profiles{commission, "one more"});
  settle();
  EXPECT_EQ(at("profile"), "hybrid");
  auto choose = [this](const char* name) {
    protocol::set_calibration what{commission, version(), {}, "because"};
    what.wanted.hybrid_profile = name;
    auto x = tell(what);
    settle();
    const auto* why = std::get_if<error>(&x.outcome);
    return why != nullptr ? why->field : "accepted";
  };
  EXPECT_EQ(choose("nobody"), "hybrid_profile");
  EXPECT_EQ(choose("hybrid_even"), "accepted");
  EXPECT_EQ(at("profile"), "hybrid_even");
  EXPECT_EQ(at("sources.human.weight_milli"), "500");
}

TEST_F(hybrid_fixture, nothing_counts_that_is_not_durable) {
  report({seen("c1", 50)});
  auto before = at("red");
  fail_appends(1);
  EXPECT_NE(report({seen("c2", 60'000)}), "1");
  advance(seconds{3});
  EXPECT_EQ(at("red"), before);
  EXPECT_EQ(report({seen("c2", 60'000)}), "1");
  EXPECT_NE(at("red"), before);
}

TEST_F(hybrid_fixture, a_lock_in_doubt_is_written_once) {
  hit(corner::red);
  desk("timekeeper", timekeeper, bout::close_round{1});
  file_cards();
  world.disk->plan([n = 0](store_op op, auto) mutable {
    // The first append is that of the bout, the second that of the lock.
    if (op != store_op::append || ++n != 2)
      return fault{};
    return fault{fault::kind::fail_after};
  });
  lock_again();
  advance(seconds{5});
  EXPECT_EQ(at("state"), "locked");
  EXPECT_EQ(from_journal().book.of(1).locks.size(), 1u);
}

TEST_F(hybrid_fixture, a_damaged_chain_stops_this_part_only) {
  hit(corner::red);
  auto journal = services->names.open<protocol::journal_actor>("node/journal");
  persistence::append_batch batch{advice::hybrid_chain(id), std::nullopt, {}};
  batch.drafts.push_back({"admin:x", "surprise", "{}", std::nullopt});
  ASSERT_TRUE(ask<protocol::append_answer>(journal, protocol::append{batch}));
  kill(scorer());
  advance(seconds{2});
  EXPECT_EQ(at("state"), "damaged");
  EXPECT_EQ(report({seen("c1", 50)}), "corrupt");
  EXPECT_NE(assessment().find("wins_ppm"), std::string::npos);
}

} // namespace
} // namespace ringside
