#include "actors/protocol/records_actors.hpp"
#include "domain/audit/hex.hpp"
#include "tests/support/advice_fixture.hpp"

/// The CALIBRATION in a whole node under virtual time.
namespace ringside {
namespace {

using calibration::setting;
using persistence::fault;
using persistence::store_op;
using std::chrono::seconds;

class calibration_fixture : public test::advice_fixture {
protected:
  std::string view() {
    return text_or_code(tell(protocol::get_calibration{}));
  }

  std::string set(setting s, std::int64_t value) {
    auto text = text_or_code(tell(put_now(s, value)));
    settle();
    return text;
  }

  protocol::set_calibration put_now(setting s, std::int64_t value) {
    return put(s, value, version());
  }

  std::string reload(const std::string& why = "tuned") {
    auto text = text_or_code(tell(protocol::reload_profiles{commission, why}));
    settle();
    return text;
  }

  json::value history(int after = 0) {
    auto text
      = text_or_code(tell(protocol::get_calibration_history{after, 100}));
    auto v = json::parse(text, {1'024 * 1'024, 16});
    return v ? *v->find("history") : json::value{};
  }

  std::int64_t value_of(const std::string& text, const char* name) {
    auto v = json::parse(text, {1'024 * 1'024, 16});
    const auto* all = v ? v->find("values") : nullptr;
    const auto* found = all != nullptr ? all->find(name) : nullptr;
    return found != nullptr ? *found->as_int() : -1;
  }

  void fail_next_append(fault::kind how) {
    world.disk->plan([how, done = false](store_op op, auto) mutable {
      if (op != store_op::append || std::exchange(done, true))
        return fault{};
      return fault{how};
    });
  }

  void new_profile(int version, std::uint8_t bytes, double head = 0.9) {
    auto p = test::plain_profile("mma_fit", version);
    p->terms[1].weight = head;
    world.profiles = {test::loaded(p, bytes)};
  }
};

TEST_F(calibration_fixture, starts_with_the_profiles_noted) {
  EXPECT_EQ(version(), 1);
  auto all = history();
  ASSERT_EQ(all.as_array()->size(), 1u);
  const auto& first = all.as_array()->front();
  EXPECT_EQ(*first.find("kind")->as_string(), "profiles_loaded");
  EXPECT_EQ(*first.find("by")->as_string(), "admin:node");
  // The same files again are nothing new.
  kill("node/calibration");
  advance(seconds{2});
  EXPECT_EQ(version(), 1);
}

TEST_F(calibration_fixture, a_change_is_kept_with_who_why_before_and_after) {
  set(setting::kd_threshold_ppm, 800'000);
  EXPECT_EQ(value_of(view(), "kd_threshold_ppm"), 800'000);
  auto all = history(1);
  ASSERT_EQ(all.as_array()->size(), 1u);
  const auto& e = all.as_array()->front();
  EXPECT_EQ(*e.find("by")->as_string(), "commission:c1");
  EXPECT_EQ(*e.find("reason")->as_string(), "because");
  auto number = [&e](const char* when) {
    return *e.find(when)->find("values")->find("kd_threshold_ppm")->as_int();
  };
  EXPECT_EQ(number("before"), 750'000);
  EXPECT_EQ(number("after"), 800'000);
  // What was not changed is not among it.
  EXPECT_EQ(e.find("after")->find("values")->as_object()->size(), 1u);
  EXPECT_GT(*e.find("position")->as_int(), 0);
  kill("node/calibration");
  advance(seconds{2});
  EXPECT_EQ(value_of(view(), "kd_threshold_ppm"), 800'000);
}

TEST_F(calibration_fixture, of_two_changes_upon_one_version_one_wins) {
  auto to
    = services->names.open<protocol::calibration_actor>("node/calibration");
  auto now = version();
  auto one = send_request<protocol::text_answer>(
    to, put(setting::kd_threshold_ppm, 600'000, now));
  auto two = send_request<protocol::text_answer>(
    to, put(setting::kd_threshold_ppm, 900'000, now));
  settle();
  auto taken = [](const auto& slot) {
    return std::holds_alternative<std::string>((**slot)->outcome);
  };
  EXPECT_NE(taken(one), taken(two));
  EXPECT_EQ(version(), now + 1);
  // Neither is lost silently: the late one is told the version.
  EXPECT_EQ(text_or_code(tell(put(setting::kd_threshold_ppm, 1, now))),
            "wrong_state");
}

TEST_F(calibration_fixture, refuses_and_names_the_field) {
  auto field_of = [this](protocol::set_calibration what) {
    auto x = tell(std::move(what));
    const auto* why = std::get_if<error>(&x.outcome);
    return why != nullptr ? why->field : "accepted";
  };
  EXPECT_EQ(field_of(put_now(setting::multicam_merge_window_ms, 49)),
            "multicam_merge_window_ms");
  EXPECT_EQ(field_of(put_now(setting::kd_threshold_ppm, 750'000)), "values");
  auto silent = put_now(setting::kd_threshold_ppm, 1);
  silent.reason.clear();
  EXPECT_EQ(field_of(silent), "reason");
  auto unknown = put_now(setting::kd_threshold_ppm, 1);
  unknown.wanted.profiles.emplace().push_back(
    {calibration::scope::ruleset, "mma_test", "nobody"});
  EXPECT_EQ(field_of(unknown), "profiles[0].profile");
  EXPECT_EQ(version(), 1);
}

TEST_F(calibration_fixture, if_the_journal_fails_nothing_changed) {
  create();
  open_round();
  hit(corner::red, 4);
  auto before = assessment();
  auto text = view();
  fail_next_append(fault::kind::fail);
  EXPECT_EQ(set(setting::temperature_milli, 3'000).find("values"),
            std::string::npos);
  advance(seconds{3});
  EXPECT_EQ(view(), text);
  EXPECT_EQ(assessment(), before);
  // And then it goes on.
  EXPECT_EQ(
    value_of(set(setting::temperature_milli, 3'000), "temperature_milli"),
    3'000);
  EXPECT_NE(assessment(), before);
}

TEST_F(calibration_fixture, a_change_in_doubt_that_was_written_counts) {
  create();
  open_round();
  hit(corner::red, 4);
  fail_next_append(fault::kind::fail_after);
  EXPECT_EQ(set(setting::temperature_milli, 3'000).find("values"),
            std::string::npos);
  advance(seconds{3});
  EXPECT_EQ(value_of(view(), "temperature_milli"), 3'000);
  EXPECT_EQ(assessment(), recounted());
}

TEST_F(calibration_fixture, a_change_of_the_incarnation_before_counts_late) {
  create();
  open_round();
  hit(corner::red, 4);
  kill("node/calibration");
  auto read = std::make_shared<bool>(false);
  world.disk->plan([read](store_op op, auto) {
    *read = *read || op == store_op::read_bout;
    return fault{};
  });
  while (!*read)
    if (!sched->try_run_once())
      sched->advance_time(std::chrono::milliseconds{10});
  // It has read; only now the journal writes what the one before it wanted, and
  // then does not know whether it did.
  fail_next_append(fault::kind::fail_after);
  auto next
    = calibration::with({}, change_of(setting::temperature_milli, 3'000));
  persistence::append_batch batch{protocol::calibration_bout, 1u, {}};
  batch.drafts.push_back(
    {"commission:c1", std::string{advice::kind_calibration_changed},
     json::to_text(advice::change_data({}, *next, "late")), std::nullopt});
  auto journal = services->names.open<protocol::journal_actor>("node/journal");
  auto told = ask<protocol::append_answer>(journal, protocol::append{batch});
  ASSERT_TRUE(told);
  ASSERT_TRUE(std::holds_alternative<error>(told->outcome));
  advance(seconds{8});
  EXPECT_EQ(version(), 2);
  EXPECT_EQ(value_of(view(), "temperature_milli"), 3'000);
  EXPECT_EQ(assessment(), recounted());
}

TEST_F(calibration_fixture, profiles_are_noted_late_if_the_disk_was_full) {
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  advance(seconds{5});
  world.disk = std::make_shared<persistence::memory_disk>();
  world.signed_last.reset();
  world.disk->capacity(1);
  start();
  EXPECT_EQ(version(), 0);
  world.disk->capacity(1'000'000'000);
  advance(seconds{8});
  EXPECT_EQ(version(), 1);
}

TEST_F(calibration_fixture, goes_back_by_going_on) {
  set(setting::kd_threshold_ppm, 800'000);
  set(setting::momentum_swing_window_ms, 2'000);
  auto roll = [this](int to) {
    auto x = text_or_code(
      tell(protocol::roll_back{commission, version(), to, "too many"}));
    settle();
    return x;
  };
  // Version 1 had neither.
  auto text = roll(1);
  EXPECT_EQ(version(), 4);
  EXPECT_EQ(value_of(view(), "kd_threshold_ppm"), 750'000);
  EXPECT_EQ(value_of(view(), "momentum_swing_window_ms"), 1'200);
  EXPECT_EQ(*history(3).as_array()->front().find("rolled_back_to")->as_int(),
            1);
  EXPECT_EQ(roll(2).find("\"values\"") != std::string::npos, true);
  EXPECT_EQ(value_of(view(), "kd_threshold_ppm"), 800'000);
  EXPECT_EQ(roll(2), "invalid_value");
  EXPECT_EQ(roll(99), "invalid_value");
  EXPECT_EQ(text_or_code(tell(protocol::roll_back{commission, 2, 0, "old"})),
            "wrong_state");
}

TEST_F(calibration_fixture, previews_the_rounds_that_would_change) {
  create();
  for (int n = 1; n <= 1; ++n) {
    open_round(n);
    log(bout::knockdown{corner::red, "hard"});
    log(bout::knockdown{corner::red, "hard"});
    desk("timekeeper", timekeeper, bout::close_round{n});
  }
  auto before = assessment();
  auto wide = change_of(setting::wide_card_at_ppm, 1);
  auto text = text_or_code(tell(protocol::preview_calibration{wide, 40}));
  EXPECT_EQ(field(text, "rounds"), "1") << text;
  EXPECT_EQ(field(text, "complete"), "true");
  EXPECT_EQ(field(text, "cards_changed"), "1");
  EXPECT_EQ(field(text, "winners_changed"), "0");
  auto v = json::parse(text, {1'024 * 1'024, 16});
  const auto& row = v->find("changed")->as_array()->front();
  EXPECT_EQ(*row.find("bout_id")->as_string(), id.str());
  EXPECT_EQ(*row.find("before")->find("blue_x10")->as_int(), 90);
  EXPECT_LT(*row.find("after")->find("blue_x10")->as_int(), 90);
  // It was only a look.
  EXPECT_EQ(version(), 1);
  EXPECT_EQ(assessment(), before);
  // And what it said comes true.
  set(setting::wide_card_at_ppm, 1);
  EXPECT_NE(field(assessment(), "card"), field(before, "card"));
}

TEST_F(calibration_fixture, a_preview_of_no_difference_finds_none) {
  create();
  open_round();
  hit(corner::red, 5);
  desk("timekeeper", timekeeper, bout::close_round{1});
  auto text = text_or_code(tell(protocol::preview_calibration{{}, 200}));
  EXPECT_EQ(field(text, "rounds"), "1");
  EXPECT_EQ(field(text, "cards_changed"), "0");
}

TEST_F(calibration_fixture, a_new_version_of_a_profile_takes_effect) {
  create();
  open_round();
  hit(corner::red, 4);
  auto before = assessment();
  new_profile(2, 2);
  // Not before it is asked for.
  kill("bout/" + id.str() + "/scorer");
  settle();
  EXPECT_EQ(assessment(), before);
  EXPECT_NE(reload().find("\"version\":2"), std::string::npos);
  EXPECT_EQ(field(assessment(), "profile_version"), "2");
  EXPECT_NE(field(assessment(), "red"), field(before, "red"));
  EXPECT_EQ(assessment(), recounted());
  const auto entry = history(1).as_array()->front();
  audit::hash digest{};
  digest.fill(2);
  EXPECT_EQ(
    *entry.find("profiles")->as_array()->front().find("sha256")->as_string(),
    audit::to_hex(digest));
  EXPECT_NE(
    text_or_code(tell(protocol::get_profiles{})).find(audit::to_hex(digest)),
    std::string::npos);
}

TEST_F(calibration_fixture, the_same_version_with_other_bytes_is_refused) {
  new_profile(1, 9);
  auto x = tell(protocol::reload_profiles{commission, "sneaky"});
  ASSERT_TRUE(std::holds_alternative<error>(x.outcome));
  EXPECT_EQ(std::get<error>(x.outcome).field, "mma_fit");
  EXPECT_EQ(version(), 1);
  // Also not by starting the node again.
  create();
  open_round();
  hit(corner::red);
  kill("node/calibration");
  advance(seconds{3});
  EXPECT_TRUE(book.contains("changed without a new version"));
  EXPECT_EQ(text_or_code(tell(protocol::get_profiles{})).find("\"id\""),
            std::string::npos);
}

TEST_F(calibration_fixture, a_failed_reload_leaves_the_profiles_in_use) {
  create();
  open_round();
  hit(corner::red, 4);
  auto before = assessment();
  new_profile(2, 2);
  fail_next_append(fault::kind::fail);
  EXPECT_EQ(reload().find("\"values\""), std::string::npos);
  advance(seconds{5});
  EXPECT_EQ(version(), 1);
  EXPECT_EQ(assessment(), before);
  fail_next_append(fault::kind::fail_after);
  EXPECT_EQ(reload().find("\"values\""), std::string::npos);
  advance(seconds{5});
  EXPECT_EQ(version(), 2);
  EXPECT_EQ(field(assessment(), "profile_version"), "2");
}

TEST_F(calibration_fixture, a_damaged_chain_stops_advice_and_nothing_else) {
  create();
  open_round();
  hit(corner::red);
  auto view_before = view_of_bout();
  // Another program wrote something into the chain that nobody can read.
  auto journal = services->names.open<protocol::journal_actor>("node/journal");
  persistence::append_batch batch{protocol::calibration_bout, std::nullopt, {}};
  batch.drafts.push_back({"admin:x", "surprise", "{}", std::nullopt});
  ASSERT_TRUE(ask<protocol::append_answer>(journal, protocol::append{batch}));
  kill("node/calibration");
  advance(seconds{2});
  EXPECT_EQ(view(), "corrupt");
  EXPECT_EQ(view_of_bout(), view_before);
  hit(corner::red);
}

} // namespace
} // namespace ringside
