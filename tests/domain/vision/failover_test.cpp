#include "domain/vision/failover/failover_view.hpp"

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace ringside::failover {
namespace {

/// One arena with sources in the cloud and local ones, looked at once a second.
struct scene {
  explicit scene(machine m = machine{failover_settings{}}) : state(m) {
    x.of(source_mode::cloud).sources = 2;
    x.of(source_mode::local).sources = 2;
  }

  /// Lets `n` seconds pass with life signs of these modes.
  void run(int n, std::vector<source_mode> alive) {
    for (int i = 0; i < n; ++i) {
      now = after(now, seconds(1));
      for (auto m : alive) {
        x.of(m).heard = now;
        x.of(m).batches += 5;
      }
      if (auto change = state.look(x, now))
        changes.push_back(*change);
    }
  }

  void both(int n) {
    run(n, {source_mode::cloud, source_mode::local});
  }

  /// Seconds until the mode is this one, at most `most`; -1: it never was.
  int until(source_mode wanted, std::vector<source_mode> alive, int most = 90) {
    for (int n = 1; n <= most; ++n) {
      run(1, alive);
      if (state.mode() == wanted)
        return n;
    }
    return -1;
  }

  machine state;
  arena_sample x;
  mono_us now{1'000'000'000};
  std::vector<mode_change> changes;
};

constexpr auto cloud = source_mode::cloud;
constexpr auto local = source_mode::local;
constexpr auto manual = source_mode::manual;

TEST(failover, before_anything_was_heard_the_mode_is_a_guess) {
  scene s;
  s.run(60, {});
  EXPECT_TRUE(s.changes.empty());
  EXPECT_FALSE(s.state.decided());
  s.run(1, {local});
  ASSERT_EQ(s.changes.size(), 1u);
  EXPECT_EQ(s.changes[0].from, std::nullopt);
  EXPECT_EQ(s.changes[0].to, local);
  EXPECT_TRUE(s.state.decided());
}

TEST(failover, the_best_that_is_heard_is_the_first) {
  scene s;
  s.both(1);
  EXPECT_EQ(s.state.mode(), cloud);
  s.both(200);
  EXPECT_EQ(s.changes.size(), 1u) << "and stays it";
}

TEST(failover, case_34_a_dead_mode_is_left_at_once_and_gone_back_to) {
  scene s;
  s.both(5);
  EXPECT_EQ(s.until(local, {local}), 4) << "3 s of silence";
  EXPECT_EQ(s.changes.back().reason, "cloud is silent for 4000 ms");
  EXPECT_EQ(s.until(cloud, {cloud, local}), 30) << "the dwell time";
  EXPECT_EQ(s.changes.back().reason, "cloud is good for 29 s");
}

TEST(failover, the_better_mode_has_to_be_good_for_a_while) {
  scene s;
  s.both(5);
  s.run(60, {local});
  EXPECT_EQ(s.state.mode(), local);
  EXPECT_EQ(s.until(cloud, {cloud, local}), 21) << "20 s from the first sign";
}

TEST(failover, case_34_manual_is_left_as_soon_as_a_mode_is_there) {
  scene s;
  s.both(5);
  EXPECT_EQ(s.until(manual, {}), 4);
  EXPECT_TRUE(s.state.stranded());
  s.run(120, {});
  EXPECT_EQ(s.until(local, {local}), 3);
  EXPECT_FALSE(s.state.stranded());
  EXPECT_EQ(s.until(cloud, {cloud, local}), 30);
}

TEST(failover, a_mode_that_flaps_is_not_followed) {
  scene s;
  s.both(5);
  for (int i = 0; i < 60; ++i) {
    s.run(5, {local});
    s.both(12);
  }
  EXPECT_EQ(s.state.mode(), local);
  EXPECT_EQ(s.changes.size(), 2u) << "chosen, and left once";
}

TEST(failover, a_mode_that_flaps_does_not_keep_another_one_out_of_manual) {
  scene s;
  s.both(5);
  EXPECT_EQ(s.until(manual, {}), 4);
  s.run(1, {cloud});
  s.run(1, {cloud, local});
  s.x.of(cloud).heard.reset();
  EXPECT_EQ(s.until(local, {local}), 2);
}

TEST(failover, a_slow_mode_is_left_for_a_good_one_only) {
  scene s;
  s.both(40);
  s.x.of(cloud).latency_us = 700'000;
  EXPECT_EQ(s.until(local, {cloud, local}), 4) << "3 s of it";
  EXPECT_EQ(s.changes.back().reason, "cloud is slow: 700 ms");
  s.x.of(cloud).latency_us = 500'000;
  s.both(90);
  EXPECT_EQ(s.state.mode(), local) << "between the limits it stays slow";
  s.x.of(cloud).latency_us = 300'000;
  EXPECT_EQ(s.until(cloud, {cloud, local}), 21);
  s.both(40);
  s.x.of(cloud).latency_us = 700'000;
  s.x.of(local).latency_us = 700'000;
  s.both(90);
  EXPECT_EQ(s.state.mode(), cloud) << "no other one is good";
  EXPECT_EQ(s.until(local, {local}), 4) << "slow is better than dead";
}

TEST(failover, a_mode_that_loses_batches_is_left) {
  scene s;
  s.both(40);
  int n = 0;
  for (; s.state.mode() == cloud && n < 60; ++n) {
    s.x.of(cloud).missing += 5;
    s.both(1);
  }
  EXPECT_LE(n, 10);
  EXPECT_EQ(s.state.mode(), local);
  EXPECT_EQ(s.state.watch(cloud).state(), mode_state::lossy);
  auto took = s.until(cloud, {cloud, local});
  EXPECT_GE(took, 29) << "ten seconds until it is sound";
  EXPECT_LE(took, 31);
}

TEST(failover, batches_that_come_late_are_not_lost) {
  scene s;
  s.both(40);
  for (int i = 0; i < 60; ++i) {
    s.x.of(cloud).missing += 1;
    s.both(1);
    s.x.of(cloud).missing -= 1;
  }
  EXPECT_EQ(s.changes.size(), 1u);
}

TEST(failover, a_mode_the_fusion_does_not_believe_is_left_and_tries_again) {
  scene s;
  s.both(40);
  auto lie = [&s](int n) {
    for (int i = 0; i < n; ++i) {
      s.x.of(s.state.mode()).judged += 2;
      s.x.of(s.state.mode()).doubted += s.state.mode() == cloud ? 2 : 0;
      s.both(1);
    }
  };
  lie(30);
  ASSERT_EQ(s.state.mode(), local);
  EXPECT_NE(s.changes.back().reason.find("not believed"), std::string::npos);
  lie(30);
  EXPECT_EQ(s.state.watch(cloud).state(), mode_state::doubted) << "it holds";
  lie(35);
  EXPECT_EQ(s.state.mode(), cloud) << "it may try again";
  lie(80);
  EXPECT_EQ(s.state.mode(), local) << "and is found out again";
  EXPECT_EQ(s.changes.size(), 4u);
}

TEST(failover, who_is_not_believed_is_worse_than_nobody) {
  scene s;
  s.run(40, {cloud});
  for (int i = 0; i < 30; ++i) {
    s.x.of(cloud).judged += 2;
    s.x.of(cloud).doubted += 2;
    s.run(1, {cloud});
  }
  EXPECT_EQ(s.state.mode(), manual);
}

TEST(failover, case_34_a_persons_word_holds_until_it_is_released) {
  scene s;
  s.both(40);
  s.state.override_with(manual, s.now);
  s.both(300);
  EXPECT_EQ(s.state.mode(), manual);
  EXPECT_FALSE(s.state.stranded()) << "it is wanted";
  s.state.override_with(local, s.now);
  s.run(300, {cloud});
  EXPECT_EQ(s.state.mode(), local) << "dead, and wanted";
  EXPECT_EQ(s.changes.size(), 1u);
  s.state.release();
  EXPECT_EQ(s.until(cloud, {cloud}), 1);
}

TEST(failover, one_that_is_made_anew_goes_on_and_gives_time_to_be_heard) {
  scene s{machine{failover_settings{}, local, false, mono_us{900'000'000}}};
  s.run(3, {cloud});
  EXPECT_EQ(s.state.mode(), local);
  s.both(10);
  EXPECT_EQ(s.state.mode(), local);
  EXPECT_EQ(s.until(cloud, {cloud, local}), 8) << "good for 20 s, long there";
  scene dead{machine{failover_settings{}, local, false, {}}};
  EXPECT_EQ(dead.until(cloud, {cloud}), 5);
}

RC_GTEST_PROP(failover_property, moves_only_as_the_rules_say, ()) {
  scene s;
  auto dwell = failover_settings{}.dwell;
  for (int i = 0; i < 150; ++i) {
    std::vector<source_mode> alive;
    if (*rc::gen::inRange(0, 4) != 0)
      alive.push_back(cloud);
    if (*rc::gen::inRange(0, 4) != 0)
      alive.push_back(local);
    s.x.of(cloud).latency_us = *rc::gen::inRange(0, 900) * 1'000;
    s.x.of(local).latency_us = *rc::gen::inRange(0, 900) * 1'000;
    for (auto rest = *rc::gen::inRange(1, 12); rest > 0; --rest) {
      auto before = s.state;
      auto n = s.changes.size();
      s.run(1, alive);
      RC_ASSERT(s.changes.size() <= n + 1);
      if (s.changes.size() == n) {
        RC_ASSERT(before.mode() == s.state.mode() || !before.decided());
        continue;
      }
      const auto& change = s.changes.back();
      RC_ASSERT(change.to == s.state.mode());
      if (!change.from)
        continue;
      RC_ASSERT(*change.from == before.mode() && change.to != *change.from);
      auto left = s.state.watch(*change.from).state();
      if (*change.from != manual && usable(left))
        RC_ASSERT(elapsed(before.since(), s.now) >= dwell);
      if (change.to == manual)
        RC_ASSERT(!usable(s.state.watch(cloud).state())
                  && !usable(s.state.watch(local).state()));
    }
  }
}

// -- entries ------------------------------------------------------------------

failover_fact fact(std::string_view kind, std::uint64_t version,
                   source_mode mode) {
  return {std::string{kind},
          "main",
          version,
          cloud,
          mode,
          "why",
          "admin:a1",
          mono_us{static_cast<std::int64_t>(version)}};
}

audit::entry_fields entry_of(const failover_fact& x) {
  audit::entry_fields e;
  e.kind = x.kind;
  e.actor = x.by;
  e.data = json::value{failover_data(x)};
  return e;
}

TEST(failover_entries, fold_to_what_was_written) {
  arena_map all;
  auto changed = fact(kind_mode_changed, 1, local);
  auto said = fact(kind_mode_overridden, 2, manual);
  auto released = fact(kind_mode_released, 3, manual);
  for (const auto& x : {changed, said})
    EXPECT_TRUE(apply_failover_entry(all, entry_of(x)));
  const auto& a = all.at("main");
  EXPECT_EQ(a.mode, manual);
  EXPECT_EQ(a.overridden, said);
  EXPECT_EQ(a.history, (std::deque{changed, said}));
  EXPECT_TRUE(apply_failover_entry(all, entry_of(released)));
  EXPECT_FALSE(a.overridden);
  EXPECT_EQ(a.since.count, 2) << "a release moves nothing";
  auto before = all;
  EXPECT_TRUE(apply_failover_entry(all, entry_of(said)));
  EXPECT_EQ(all, before) << "what was folded";
}

TEST(failover_entries, what_cannot_be_read_changes_nothing) {
  arena_map all;
  auto wrong = entry_of(fact(kind_mode_changed, 1, local));
  wrong.kind = "mode_guessed";
  EXPECT_EQ(apply_failover_entry(all, wrong).reason().code, ec::corrupt);
  auto hall = fact(kind_mode_changed, 1, local);
  hall.arena = "hall b";
  EXPECT_EQ(apply_failover_entry(all, entry_of(hall)).reason().code,
            ec::corrupt);
  EXPECT_TRUE(all.empty());
}

TEST(failover_entries, the_history_is_bounded) {
  arena_record a;
  for (std::uint64_t n = 1; n <= 500; ++n)
    fold(a, fact(kind_mode_changed, n, n % 2 == 0 ? cloud : local));
  EXPECT_EQ(history_json(a).size(), arena_record::history_max);
}

} // namespace
} // namespace ringside::failover
