#include "domain/vision/intake/source_book.hpp"
#include "domain/vision/intake/source_entry.hpp"
#include "domain/vision/intake/source_status.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ringside::intake {
namespace {

const std::vector<std::string> kinds{"jab", "hook"};

/// A camera whose pictures go to workers, and what they see.
struct camera_scene {
  camera_scene() : book(100), how(mapping(), kinds) {
    fact.id = "s1";
    fact.name = "left";
    fact.mapping = "ringside";
    fact.rate_hz = 100;
    fact.workers = true;
  }

  static vendor::vendor_mapping mapping() {
    vendor::vendor_mapping m;
    m.id = "ringside";
    m.label = {"kind"};
    m.time = {"at_us"};
    m.labels = {{"jab", "jab"}, {"hook", "hook"}};
    return m;
  }

  static std::shared_ptr<const json::array> list(json::array items) {
    return std::make_shared<const json::array>(std::move(items));
  }

  result<intake_result> send(std::uint64_t seq) {
    return book.take(
      fact, how,
      {seq, list({json::object{{"picture", "p.jpg"}}}), now, std::nullopt});
  }

  /// A worker saw one strike.
  bool seen(std::uint64_t seq) {
    return book.finish(
      seq,
      {list({json::object{{"kind", "jab"}, {"at_us", now.count - 10'000}}}),
       ""});
  }

  std::vector<std::uint64_t> read() {
    std::vector<std::uint64_t> out;
    while (auto seen = book.read_worked(fact, how, now))
      for (const auto& r : seen->reports)
        out.push_back(r.seq / items_max);
    return out;
  }

  source_fact fact;
  source_book book;
  vendor::mapper how;
  mono_us now{5'000'000};
};

using numbers = std::vector<std::uint64_t>;

TEST(backlog_test, results_are_read_in_the_order_of_the_batches_and_once) {
  camera_scene s;
  for (std::uint64_t n : {1, 3, 2})
    EXPECT_TRUE(s.send(n));
  EXPECT_TRUE(s.seen(3));
  EXPECT_TRUE(s.seen(2));
  EXPECT_EQ(s.read(), numbers{});
  EXPECT_TRUE(s.seen(1));
  EXPECT_FALSE(s.seen(1));
  EXPECT_EQ(s.read(), (numbers{1, 2, 3}));
  EXPECT_FALSE(s.seen(1)) << "it is through";
  EXPECT_EQ(s.book.counters().worked, 3u);
  EXPECT_EQ(s.book.counters().taken, 3u);
}

TEST(backlog_test, what_was_given_up_blocks_nothing) {
  camera_scene s;
  for (std::uint64_t n : {1, 2})
    EXPECT_TRUE(s.send(n));
  EXPECT_TRUE(s.seen(2));
  EXPECT_TRUE(s.book.finish(1, {nullptr, "broken"}));
  EXPECT_EQ(s.read(), (numbers{2}));
  auto shown = json::to_text(json::value{status_json(s.fact, &s.book, s.now)});
  EXPECT_NE(shown.find(R"("work":{"dead_letters":1,"waiting":0,"worked":1})"),
            std::string::npos)
    << shown;
}

TEST(backlog_test, the_sender_is_told_how_much_waits_and_waits_itself) {
  camera_scene s;
  for (std::uint64_t n = 1; n <= backlog::batches_max; ++n) {
    auto got = s.send(n);
    ASSERT_TRUE(got);
    EXPECT_NE(got->answer.find("\"waiting\":" + std::to_string(n)),
              std::string::npos)
      << got->answer;
  }
  auto again = s.send(1'000);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.reason().code, ec::rate_limited);
  EXPECT_TRUE(s.seen(1));
  EXPECT_EQ(s.read(), (numbers{1}));
  EXPECT_TRUE(s.send(1'000)) << "there is room again";
}

TEST(backlog_test, a_flood_costs_no_worker_anything) {
  camera_scene s;
  s.book = source_book{1};
  s.fact.rate_hz = 1;
  int queued = 0;
  for (std::uint64_t n = 1; n <= 30; ++n)
    if (auto got = s.send(n))
      queued += got->answer.find(R"("queued":1)") != std::string::npos;
  EXPECT_EQ(s.book.held(), quarantine::flood);
  EXPECT_LE(queued, 11);
  EXPECT_EQ(s.book.counters().held_back + s.book.unfinished().batches().size(),
            s.book.counters().items);
}

TEST(backlog_test, what_cannot_be_handed_on_is_refused) {
  camera_scene s;
  auto got = s.book.take(s.fact, s.how,
                         {1,
                          camera_scene::list({json::object{
                            {"a", json::array{json::object{{"Bad Key", 1}}}}}}),
                          s.now, std::nullopt});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().code, ec::malformed);
  EXPECT_TRUE(s.send(1)) << "it left no trace";
}

TEST(backlog_test, the_chain_keeps_the_field_and_old_entries_have_none) {
  camera_scene s;
  source_map all;
  auto data = source_json(s.fact);
  ASSERT_TRUE(apply_source_entry(all, kind_source_created, json::value{data}));
  EXPECT_EQ(all.at("s1"), s.fact);
  all.clear();
  data.erase("workers");
  ASSERT_TRUE(apply_source_entry(all, kind_source_created, json::value{data}));
  EXPECT_FALSE(all.at("s1").workers);
}

TEST(backlog_test, the_chain_knows_which_workers_rest) {
  camera_scene s;
  source_map all;
  s.fact.workers = false;
  ASSERT_TRUE(apply_source_entry(all, kind_source_created,
                                 json::value{source_json(s.fact)}));
  auto rest = source_drained_data("s1", true);
  EXPECT_FALSE(apply_source_entry(all, kind_source_drained, rest))
    << "a camera is no worker";
  all.at("s1").kind = source_kind::worker;
  ASSERT_TRUE(apply_source_entry(all, kind_source_drained, rest));
  EXPECT_TRUE(all.at("s1").draining);
  ASSERT_TRUE(apply_source_entry(all, kind_source_drained,
                                 source_drained_data("s1", false)));
  EXPECT_FALSE(all.at("s1").draining);
}

} // namespace
} // namespace ringside::intake
