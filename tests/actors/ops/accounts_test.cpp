#include "actors/ops/accounts.hpp"

#include "actors/records/journal.hpp"
#include "actors/records/reader.hpp"
#include "domain/audit/sha256.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/memory_world.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ringside {
namespace {

using persistence::fault;
using persistence::store_op;
using std::chrono::seconds;

class accounts_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    world = disk_world.make(sched->clock().now());
    journal = track(
      sys->spawn(journal_behavior,
                 journal_deps{services, world->origin, world->open_writer,
                              world->utc_now, world->random}));
    services->names.bind("node/journal", caf::actor_cast<caf::actor>(journal));
    auto reader = track(
      sys->spawn(reader_behavior, reader_deps{services, world->open_reader}));
    services->names.bind("node/reader", caf::actor_cast<caf::actor>(reader));
    run();
    start();
  }

  void start() {
    accounts_deps deps;
    deps.services = services;
    deps.book = book_of;
    deps.utc_now = [this] { return utc_ns{now_s * 1'000'000'000}; };
    deps.random = world->random;
    deps.admin_code = "letmein";
    deps.admin_code_until = utc_ns{2'000 * std::int64_t{1'000'000'000}};
    actor = track(sys->spawn(accounts_behavior, std::move(deps)));
    run();
  }

  void restart() {
    caf::anon_send_exit(actor, caf::exit_reason::kill);
    run();
    start();
  }

  template <class T>
  protocol::text_answer tell(T what) {
    auto got = ask<protocol::text_answer>(actor, std::move(what));
    EXPECT_TRUE(got);
    return got ? *got : protocol::text_answer{refuse(ec::internal, "none")};
  }

  static bool ok(const protocol::text_answer& x) {
    return std::holds_alternative<std::string>(x.outcome);
  }

  static std::string field(const protocol::text_answer& x, const char* name) {
    const auto* text = std::get_if<std::string>(&x.outcome);
    auto body = json::parse(text != nullptr ? *text : "{}");
    const auto* value = body ? body->find(name) : nullptr;
    return value != nullptr ? *value->as_string() : std::string{};
  }

  protocol::text_answer claim(const std::string& code) {
    return tell(protocol::claim_admin{code, "Boss"});
  }

  std::string create() {
    return field(tell(protocol::create_account{by, "Jo", role::judge}),
                 "account");
  }

  std::optional<account> holder(const std::string& token) const {
    return book_of->read()->find(audit::sha256(token), now_s * 1'000);
  }

  void fail_next_append(fault::kind how) {
    disk_world.disk->plan([how, done = false](store_op op, auto) mutable {
      if (op != store_op::append || std::exchange(done, true))
        return fault{};
      return fault{how};
    });
  }

  const issuer by{role::admin, "a1"};
  test::memory_world disk_world;
  std::shared_ptr<node_world> world;
  std::shared_ptr<account_book> book_of = std::make_shared<account_book>();
  std::int64_t now_s = 1'000;
  journal_impl journal;
  accounts_impl actor;
};

TEST_F(accounts_fixture, the_code_makes_one_admin_once) {
  auto first = claim("letmein");
  ASSERT_TRUE(ok(first));
  EXPECT_EQ(holder(field(first, "token"))->role, role::admin);
  EXPECT_FALSE(ok(claim("letmein")));
  restart();
  EXPECT_FALSE(ok(claim("letmein")));
}

TEST_F(accounts_fixture, a_name_stands_beside_its_entry_until_it_is_erased) {
  ASSERT_FALSE(create().empty());
  auto image = disk_world.disk->image();
  auto& row = image.entries.back();
  EXPECT_EQ(row.bytes.find("\"Jo\""), std::string::npos);
  ASSERT_TRUE(row.personal);
  EXPECT_EQ(row.personal->payload, R"({"name":"Jo"})");
  restart();
  auto list = std::get<std::string>(tell(protocol::list_accounts{}).outcome);
  EXPECT_NE(list.find("\"Jo\""), std::string::npos);
  row.personal.reset();
  disk_world.disk->restore(image);
  restart();
  list = std::get<std::string>(tell(protocol::list_accounts{}).outcome);
  EXPECT_EQ(list.find("\"Jo\""), std::string::npos);
  EXPECT_NE(list.find("[erased]"), std::string::npos);
}

TEST_F(accounts_fixture, two_claims_at_once_make_one_admin) {
  auto one = send_request<protocol::text_answer>(
    actor, protocol::claim_admin{"letmein", "A"});
  auto two = send_request<protocol::text_answer>(
    actor, protocol::claim_admin{"letmein", "B"});
  run();
  ASSERT_TRUE(*one && *two);
  EXPECT_NE(ok(***one), ok(***two));
}

TEST_F(accounts_fixture, five_wrong_codes_void_it) {
  for (auto n = 0; n < 5; ++n)
    EXPECT_FALSE(ok(claim("wrong")));
  EXPECT_FALSE(ok(claim("letmein")));
}

TEST_F(accounts_fixture, the_code_expires) {
  now_s = 2'000;
  EXPECT_FALSE(ok(claim("letmein")));
}

TEST_F(accounts_fixture, a_claim_that_was_not_written_may_be_repeated) {
  fail_next_append(fault::kind::fail);
  EXPECT_FALSE(ok(claim("letmein")));
  advance(seconds{3});
  EXPECT_TRUE(ok(claim("letmein")));
}

TEST_F(accounts_fixture, a_claim_in_doubt_that_was_written_counts) {
  fail_next_append(fault::kind::fail_after);
  EXPECT_FALSE(ok(claim("letmein")));
  advance(seconds{3});
  EXPECT_FALSE(ok(claim("letmein")));
  EXPECT_EQ(book_of->read()->accounts.size(), 1u);
}

TEST_F(accounts_fixture, tokens_expire_and_are_revoked_at_once) {
  auto id = create();
  auto token = field(tell(protocol::issue_token{by, id, 60}), "token");
  ASSERT_TRUE(holder(token));
  EXPECT_EQ(holder(token)->role, role::judge);
  now_s += 60;
  EXPECT_FALSE(holder(token));
  auto fresh = field(tell(protocol::issue_token{by, id, 60}), "token");
  ASSERT_TRUE(holder(fresh));
  EXPECT_TRUE(ok(tell(protocol::revoke_tokens{by, id})));
  EXPECT_FALSE(holder(fresh));
}

TEST_F(accounts_fixture, a_new_role_takes_effect_at_once_and_stays) {
  auto id = create();
  auto token = field(tell(protocol::issue_token{by, id, 60}), "token");
  EXPECT_TRUE(ok(tell(protocol::set_role{by, id, role::viewer})));
  EXPECT_EQ(holder(token)->role, role::viewer);
  restart();
  EXPECT_EQ(holder(token)->role, role::viewer);
}

TEST_F(accounts_fixture, refuses_what_cannot_be) {
  EXPECT_FALSE(ok(tell(protocol::issue_token{by, "a99", 60})));
  EXPECT_FALSE(ok(tell(protocol::set_role{by, "a99", role::judge})));
  EXPECT_FALSE(ok(tell(protocol::create_account{by, "", role::judge})));
  auto id = create();
  EXPECT_FALSE(ok(tell(protocol::issue_token{by, id, 0})));
  EXPECT_FALSE(ok(tell(protocol::issue_token{by, id, 401LL * 86'400})));
}

TEST_F(accounts_fixture, never_gives_an_id_twice) {
  EXPECT_EQ(create(), "a1");
  fail_next_append(fault::kind::fail);
  EXPECT_EQ(create(), "");
  advance(seconds{3});
  auto third = create();
  EXPECT_EQ(third, "a3");
  restart();
  EXPECT_EQ(create(), "a4");
}

TEST_F(accounts_fixture, an_account_in_doubt_that_was_written_exists) {
  fail_next_append(fault::kind::fail_after);
  EXPECT_EQ(create(), "");
  advance(seconds{3});
  EXPECT_EQ(book_of->read()->accounts.size(), 1u);
  EXPECT_EQ(create(), "a2");
}

} // namespace
} // namespace ringside
