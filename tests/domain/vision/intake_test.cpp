#include "domain/vision/intake/source_book.hpp"
#include "domain/vision/intake/source_entry.hpp"
#include "domain/vision/intake/source_status.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ringside::intake {
namespace {

const std::vector<std::string> camera_kinds{"jab", "cross", "hook"};

vendor::vendor_mapping mapping(vendor::clock_kind clock) {
  vendor::vendor_mapping m;
  m.id = "ringside";
  m.label = {"kind"};
  m.time = {"at_us"};
  m.confidence = {"conf_ppm"};
  m.clock = clock;
  m.err_us = 1'000;
  m.labels = {{"jab", "jab"}, {"cross", "cross"}, {"hook", "hook"}};
  m.no_strikes = {"knockdown"};
  return m;
}

source_fact camera() {
  source_fact s;
  s.id = "s1";
  s.name = "left of the red corner";
  s.mapping = "ringside";
  s.rate_hz = 10;
  return s;
}

/// One source with ten reports a second, and the time.
struct scene {
  explicit scene(vendor::clock_kind of = vendor::clock_kind::server)
    : how(mapping(of), camera_kinds) {
    // nop
  }

  json::object item(const std::string& kind = "jab") const {
    return {{"kind", kind}, {"at_us", now.count - 40'000}};
  }

  result<intake_result> send(std::uint64_t seq, json::array items) {
    return book.take(
      fact, how, {seq, std::make_shared<const json::array>(items), now, clock});
  }

  result<intake_result> send(std::uint64_t seq, int n = 1) {
    json::array items;
    for (int i = 0; i < n; ++i)
      items.emplace_back(item(camera_kinds[static_cast<std::size_t>(i) % 3]));
    return send(seq, std::move(items));
  }

  void wait_ms(std::int64_t n) {
    now += mono_us{n * 1'000};
  }

  source_fact fact = camera();
  vendor::mapper how;
  source_book book{fact.rate_hz};
  mono_us now{1'000'000'000};
  std::optional<device_clock_view> clock;
};

TEST(source_book, takes_a_batch_once_and_answers_it_again_alike) {
  scene s;
  auto first = s.send(1, 3);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->reports.size(), 3u);
  s.wait_ms(700);
  auto again = s.send(1, 3);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_TRUE(again->reports.empty());
  EXPECT_EQ(again->answer, first->answer);
  EXPECT_EQ(s.book.counters().taken, 3u);
  EXPECT_EQ(s.book.counters().repeated, 1u);
}

TEST(source_book, numbers_of_reports_follow_from_the_batch) {
  scene a;
  scene b;
  ASSERT_TRUE(a.send(1));
  auto here = a.send(7, 2);
  auto there = b.send(7, 2);
  ASSERT_TRUE(here && there);
  EXPECT_EQ(here->reports, there->reports);
  EXPECT_EQ(here->reports[1].seq, 7 * items_max + 1);
}

TEST(source_book, a_gap_is_counted_until_the_late_batch_comes) {
  scene s;
  for (auto seq : {5, 6, 9})
    ASSERT_TRUE(s.send(static_cast<std::uint64_t>(seq)));
  EXPECT_EQ(s.book.counters().missing, 2u) << "the first may have any number";
  auto late = s.send(7);
  ASSERT_TRUE(late);
  EXPECT_EQ(late->reports.size(), 1u);
  EXPECT_EQ(s.book.counters().missing, 1u);
  EXPECT_EQ(s.book.counters().late, 1u);
}

TEST(source_book, what_was_answered_long_ago_is_not_taken_twice) {
  scene s;
  for (std::uint64_t seq = 1; seq <= 20; ++seq) {
    ASSERT_TRUE(s.send(seq));
    s.wait_ms(200);
  }
  auto old = s.send(1);
  ASSERT_FALSE(old);
  EXPECT_EQ(old.reason().code, ec::wrong_state);
  EXPECT_EQ(old.reason().hint, "go on from 21");
  EXPECT_EQ(s.book.counters().taken, 20u);
}

TEST(source_book, beyond_the_credit_a_batch_leaves_no_trace) {
  scene s;
  ASSERT_TRUE(s.send(1, 60));
  auto much = s.send(2, 10);
  ASSERT_FALSE(much);
  EXPECT_EQ(much.reason().code, ec::rate_limited);
  EXPECT_EQ(s.book.counters().turned_away, 1u);
  s.wait_ms(500);
  auto later = s.send(2, 10);
  ASSERT_TRUE(later) << "twenty a second";
  EXPECT_EQ(later->reports.size(), 10u);
  EXPECT_EQ(s.book.counters().repeated, 0u);
}

TEST(source_book, refuses_what_is_no_batch) {
  scene s;
  EXPECT_EQ(s.send(0).reason().code, ec::invalid_value);
  EXPECT_EQ(s.send(std::uint64_t{1} << 41).reason().code, ec::invalid_value);
  EXPECT_EQ(s.send(1, 65).reason().code, ec::too_large);
  EXPECT_TRUE(s.send(1, 0)) << "an empty one is a sign of life";
}

TEST(source_book, refused_items_are_named_and_the_others_taken) {
  scene s;
  auto old = s.item();
  old["at_us"] = s.now.count - 60'000'001;
  auto early = s.item();
  early["at_us"] = s.now.count + 500'001;
  auto got = s.send(
    1, json::array{s.item(), s.item("bite"), s.item("knockdown"), old, early});
  ASSERT_TRUE(got);
  EXPECT_EQ(got->reports.size(), 1u);
  EXPECT_EQ(got->answer,
            R"({"credit":59,"no_strikes":1,"quarantine":"none","refused":[)"
            R"({"code":"unknown_label","index":1,"said":"bite"},)"
            R"({"code":"too_old","index":3,"said":"939999999"},)"
            R"({"code":"in_future","index":4,"said":"1000500001"}],)"
            R"("seq":1,"source_id":"s1","taken":1})");
  EXPECT_EQ(s.book.unknown_labels().by_name().at("bite"), 1u);
}

TEST(source_book, a_flood_is_quarantined_and_comes_back_when_it_is_calm) {
  scene s;
  std::uint64_t seq = 0;
  for (int i = 0; i < 30; ++i) {
    static_cast<void>(s.send(++seq, 10));
    s.wait_ms(50);
  }
  EXPECT_EQ(s.book.held(), quarantine::flood);
  EXPECT_EQ(s.book.counters().quarantines, 1u);
  auto taken = s.book.counters().taken;
  for (int i = 0; i < 12; ++i) {
    s.wait_ms(500);
    auto got = s.send(++seq);
    ASSERT_TRUE(got);
    EXPECT_TRUE(got->reports.empty());
    EXPECT_NE(got->answer.find(R"("quarantine":"flood")"), std::string::npos);
  }
  EXPECT_EQ(s.book.counters().taken, taken);
  for (int i = 0; i < 16; ++i) {
    s.wait_ms(500);
    s.book.beat(s.now, true);
  }
  EXPECT_EQ(s.book.held(), quarantine::none);
  EXPECT_EQ(s.send(++seq)->reports.size(), 1u);
}

TEST(source_book, the_declared_rate_is_no_flood) {
  scene s;
  for (std::uint64_t seq = 1; seq <= 300; ++seq) {
    ASSERT_TRUE(s.send(seq, json::array{s.item(camera_kinds[seq % 3])})) << seq;
    s.wait_ms(100);
  }
  EXPECT_EQ(s.book.held(), quarantine::none);
  EXPECT_EQ(s.book.counters().taken, 300u);
  EXPECT_EQ(s.book.rate(), 10);
}

TEST(source_book, collapsed_labels_are_quarantined_until_they_differ) {
  scene s;
  std::uint64_t seq = 0;
  auto say = [&](const char* kind) {
    s.wait_ms(100);
    auto got = s.send(++seq, json::array{s.item(kind)});
    return got ? got->reports.size() : 9;
  };
  for (int i = 0; i < 130; ++i)
    say("jab");
  EXPECT_EQ(s.book.held(), quarantine::labels);
  EXPECT_EQ(say("jab"), 0u);
  for (int i = 0; i < 130; ++i)
    say(i % 2 == 0 ? "jab" : "hook");
  EXPECT_EQ(s.book.held(), quarantine::none);
  EXPECT_EQ(say("jab"), 1u);
}

TEST(source_book, a_device_clock_needs_exchanges_and_must_not_be_red) {
  scene s{vendor::clock_kind::device};
  auto code = [&](std::uint64_t seq) {
    auto got = s.send(
      seq, json::array{json::object{{"kind", "jab"}, {"at_us", 5'000}}});
    return got->reports.empty() ? got->answer : std::string{};
  };
  EXPECT_NE(code(1).find("no_clock"), std::string::npos);
  s.clock = device_clock_view{{5'000, s.now.count - 25'000, 3'000, {}}, 0};
  auto got
    = s.send(2, json::array{json::object{{"kind", "jab"}, {"at_us", 5'000}}});
  ASSERT_EQ(got->reports.size(), 1u);
  EXPECT_EQ(got->reports[0].t_est.count, s.now.count - 20'000);
  // Its own and the clock's, rounded up.
  EXPECT_NEAR(got->reports[0].err_us, 4001, 1);
  EXPECT_EQ(s.book.latency_us(), 20'000);
  s.clock->line.err_us = 50'000;
  EXPECT_NE(code(3).find("clock_red"), std::string::npos);
}

TEST(source_status, says_who_is_there_and_how_well) {
  scene s;
  auto of = [&](const char* key) {
    return *status_json(s.fact, &s.book, s.now).at(key).as_string();
  };
  EXPECT_EQ(of("state"), "new");
  s.book.beat(s.now, true);
  EXPECT_EQ(of("state"), "live");
  s.wait_ms(3'001);
  EXPECT_EQ(of("state"), "silent");
  ASSERT_TRUE(s.send(3));
  auto o = status_json(s.fact, &s.book, s.now);
  EXPECT_EQ(*o.at("next_seq").as_int(), 4);
  EXPECT_EQ(*o.at("latency_us").as_int(), 40'000);
  EXPECT_EQ(*o.at("quality").find("taken")->as_int(), 1);
}

TEST(source_entries, fold_and_refuse_what_does_not_fit) {
  source_map all;
  auto s = camera();
  s.account = "a4";
  auto data = json::value{source_json(s)};
  ASSERT_TRUE(apply_source_entry(all, kind_source_created, data));
  EXPECT_EQ(all.at("s1"), s);
  EXPECT_FALSE(apply_source_entry(all, kind_source_created, data));
  s.bout = bout_id{"b1"};
  ASSERT_TRUE(apply_source_entry(all, kind_source_assigned,
                                 source_assigned_data("s1", s.bout)));
  EXPECT_EQ(all.at("s1"), s);
  ASSERT_TRUE(apply_source_entry(all, kind_source_assigned,
                                 source_assigned_data("s1", {})));
  EXPECT_TRUE(all.at("s1").bout.empty());
  EXPECT_FALSE(apply_source_entry(all, kind_source_assigned,
                                  source_assigned_data("s2", s.bout)));
  EXPECT_FALSE(apply_source_entry(all, "source_eaten", data));
  EXPECT_EQ(all.size(), 1u);
}

} // namespace
} // namespace ringside::intake
