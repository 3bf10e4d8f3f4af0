#include "actors/records/evidence.hpp"

#include "persistence/journal_writer.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/memory_world.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside {
namespace {

/// An AUDIT that answers when it is told to.
struct slow_audit {
  std::vector<caf::typed_response_promise<protocol::proofs_answer>> waiting;
  std::vector<protocol::get_proofs> asked;
};

struct answer_now {
  protocol::proofs_answer what;
};

} // namespace
} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::answer_now)

namespace ringside {
namespace {

using slow_audit_ptr = std::shared_ptr<slow_audit>;

caf::behavior play_audit(caf::event_based_actor* self, slow_audit_ptr it) {
  return {
    [self, it](const protocol::get_proofs& x) {
      it->asked.push_back(x);
      it->waiting.push_back(
        self->make_response_promise<protocol::proofs_answer>());
      return it->waiting.back();
    },
    [it](const answer_now& x) {
      for (auto& promise : std::exchange(it->waiting, {}))
        promise.deliver(x.what);
    },
  };
}

class evidence_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    audit = track(sys->spawn(play_audit, it));
    services->names.bind("node/audit", audit);
    write_entries();
    evidence_deps deps;
    deps.services = services;
    deps.origin = world.origin;
    deps.key = world.key();
    deps.rulesets = std::make_shared<const bout::ruleset_lookup>(
      [set = test::plain_mma()](std::string_view, int) { return set; });
    deps.open = [this] { return test::memory_world::open(world.disk, true); };
    deps.pack = [](const std::vector<audit::bundle_file>&) {
      return result<std::string>{std::string{"zip"}};
    };
    evidence
      = track(caf::actor_cast<caf::actor>(sys->spawn(evidence_behavior, deps)));
    run();
  }

  void write_entries() {
    auto store = test::memory_world::open(world.disk, false);
    ASSERT_TRUE(store);
    auto writer
      = persistence::journal_writer::open(**store, world.origin, [](auto) {});
    ASSERT_TRUE(writer);
    persistence::append_batch batch{bout_id{"b1"}, std::nullopt, {}};
    batch.drafts.push_back({"supervisor:s", "note_added", "{}", std::nullopt});
    ASSERT_TRUE(writer->commit(std::span{&batch, 1}, {1}).front());
  }

  /// Asks for a bundle; what comes back stands in `answers`.
  void ask_for(const std::string& bout) {
    answers.push_back(send_request<protocol::bundle_answer>(
      evidence, protocol::get_bundle{bout_id{bout}, {}}));
    run();
  }

  /// Why there is no bundle; `timeout` while there is no answer.
  ec code(std::size_t n) const {
    const auto& got = *answers[n];
    if (!got)
      return ec::timeout;
    if (!*got)
      return got->reason().code;
    const auto* why = std::get_if<error>(&(**got).outcome);
    return why != nullptr ? why->code : ec{};
  }

  void answer(protocol::proofs_answer what) {
    caf::anon_send(audit, answer_now{std::move(what)});
    run();
  }

  test::memory_world world;
  slow_audit_ptr it = std::make_shared<slow_audit>();
  caf::actor audit;
  caf::actor evidence;
  std::vector<pending<protocol::bundle_answer>> answers;
};

TEST_F(evidence_fixture, an_unknown_bout_is_not_found) {
  ask_for("nobody");
  EXPECT_EQ(code(0), ec::not_found);
  EXPECT_TRUE(it->asked.empty());
}

TEST_F(evidence_fixture, makes_one_after_another_and_refuses_the_ninth) {
  for (std::size_t i = 0; i <= limits::bundle_queue_max; ++i)
    ask_for("b1");
  EXPECT_EQ(it->asked.size(), 1u) << "one at a time";
  EXPECT_EQ(code(limits::bundle_queue_max), ec::overloaded);
  EXPECT_EQ(code(0), ec::timeout) << "not answered yet";
  for (std::size_t i = 0; i < limits::bundle_queue_max; ++i) {
    answer({refuse(ec::unavailable, "no checkpoint")});
    EXPECT_EQ(code(i), ec::unavailable);
  }
  ask_for("b1");
  EXPECT_EQ(code(answers.size() - 1), ec::timeout) << "there is room again";
}

TEST_F(evidence_fixture, what_is_in_no_checkpoint_is_no_evidence) {
  ask_for("b1");
  answer({protocol::proof_list{"note", 0, {}}});
  EXPECT_EQ(code(0), ec::unavailable);
}

TEST_F(evidence_fixture, a_bout_that_does_not_fold_is_not_handed_out) {
  ask_for("b1");
  answer({protocol::proof_list{"note", 1, {{}}}});
  EXPECT_EQ(code(0), ec::corrupt);
}

TEST_F(evidence_fixture, whoever_waits_is_told_when_it_stops) {
  ask_for("b1");
  ask_for("b1");
  caf::anon_send_exit(evidence, caf::exit_reason::user_shutdown);
  run();
  EXPECT_EQ(code(0), ec::unavailable);
  EXPECT_EQ(code(1), ec::unavailable);
}

} // namespace
} // namespace ringside
