#include "tests/app/node/fusion_fixture.hpp"

#include <set>

/// What is kept of the fusion of a bout, in a whole node under virtual time.
namespace ringside {
namespace {

using persistence::fault;
using persistence::store_op;
using std::chrono::seconds;
using test::text_answer;

class fusion_kept : public test::fusion_fixture {
protected:
  void expect_ids_differ() {
    std::set<std::string> ids;
    for (const auto& x : chain())
      EXPECT_TRUE(ids.insert(x.id).second) << x.id;
  }

  /// The next appends to the chain of fused events.
  void fail_appends(fault::kind how, int times) {
    world.disk->plan([how, left = times](store_op op, auto) mutable {
      if (op != store_op::append || left == 0)
        return fault{};
      --left;
      return fault{how};
    });
  }
};

TEST_F(fusion_kept, between_rounds_an_event_has_no_round) {
  desk("timekeeper", timekeeper, bout::close_round{1});
  run(1'000);
  strike_and_wait();
  auto all = chain();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].round, 0);
  EXPECT_FALSE(all[0].at);
}

TEST_F(fusion_kept, a_killed_harmonizer_takes_late_reports_as_evidence) {
  auto all = alive;
  alive = {"s1"};
  strike();
  alive = all;
  run(2'000);
  auto before = chain();
  ASSERT_EQ(before.size(), 1u) << stats();
  kill(harmonizer());
  // The other camera had it, too, but its batch was long on the way.
  intake::source_fact from;
  from.id = "s2";
  fusion::report r;
  r.seq = 6'400;
  r.t_est = {before[0].t.count + 5'000};
  r.corner = corner::red;
  r.kind = 0;
  auto to = services->names.open<protocol::harmonizer_actor>(harmonizer());
  caf::anon_send(caf::actor_cast<caf::actor>(to),
                 protocol::source_reports{
                   from, std::make_shared<const std::vector<fusion::report>>(
                           std::vector{r})});
  run(2'000);
  auto after = chain();
  ASSERT_EQ(after.size(), 2u) << stats();
  EXPECT_EQ(after[1].id, before[0].id) << "not renamed";
  EXPECT_GT(after[1].rev, before[0].rev);
  ASSERT_EQ(after[1].sources.size(), 2u);
  EXPECT_TRUE(after[1].sources[1].late);
}

TEST_F(fusion_kept, after_a_restart_numbers_that_start_over_are_new_strikes) {
  auto b = strike();
  run(2'000);
  ASSERT_EQ(chain().size(), 1u);
  restart_node();
  run(1'000);
  // A batch that was not answered comes again: its SOURCE does not know it.
  for (const auto& s : alive)
    send_to(s, protocol::send_detections{"a9", b});
  run(2'000);
  EXPECT_EQ(chain().size(), 1u) << stats();
  // The worker was started anew, too, and counts from 1 on.
  restart_node();
  run(1'000);
  seq = 0;
  strike_and_wait();
  ASSERT_EQ(chain().size(), 2u) << stats();
  EXPECT_EQ(chain()[1].sources.size(), 2u);
  expect_ids_differ();
}

TEST_F(fusion_kept, a_write_in_doubt_is_looked_up) {
  for (auto how : {fault::kind::fail_after, fault::kind::fail}) {
    auto n = chain().size();
    strike();
    run(250);
    fail_appends(how, 1);
    run(6'000);
    EXPECT_EQ(chain().size(), n + 1) << stats();
    EXPECT_TRUE(has(stats(), R"("state":"good")")) << stats();
  }
  expect_ids_differ();
}

} // namespace
} // namespace ringside
