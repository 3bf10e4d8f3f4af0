#include "app/officials/crew.hpp"
#include "net/client/http_client.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <string>

/// Judge analytics, shadow seats, careers and records over the wire.
namespace ringside::officials {
namespace {

constexpr json::limits body_limits{1'024 * 1'024, 16};

/// Somebody with a token of their own.
class person {
public:
  person(test::live_node& node, const std::string& name, role who)
    : http_(with_token(node.place(), *node->make_token(name, who))) {
    auto session = body(http_.get("/api/v1/session"));
    account = *session.find("account")->as_string();
  }

  json::value get(const std::string& path, unsigned status = 200) {
    auto a = http_.get("/api/v1" + path);
    EXPECT_EQ(a->status, status) << path << ' ' << a->body;
    return body(a);
  }

  json::value put(const std::string& path, const std::string& what,
                  unsigned status = 200) {
    auto a = http_.send("PUT", "/api/v1" + path, what,
                        {{"Content-Type", "application/json"}});
    EXPECT_EQ(a->status, status) << path << ' ' << a->body;
    return body(a);
  }

  std::string account;

private:
  static json::value body(const result<net::http_answer>& a) {
    auto v = json::parse(a->body, body_limits);
    return v ? *v : json::value{};
  }

  net::http_client http_;
};

std::size_t size_of(const json::value& v, const char* key) {
  const auto* list = v.find(key);
  return list != nullptr && list->as_array() ? list->as_array()->size() : 99;
}

bout::create_bout short_bout() {
  bout::create_bout what;
  what.ruleset = "mma_abc_2025";
  what.scheduled_rounds = 1;
  what.fighters.red.name = "Ada Lovelace";
  what.fighters.blue.name = "Grace";
  what.judges = {{"One", ""}, {"Two", ""}, {"Three", ""}};
  return what;
}

void fight(crew& all, const bout_id& id) {
  ASSERT_TRUE(all.bind_seats(id));
  ASSERT_TRUE(all.timekeeper().ask(id, bout::open_round{1}));
  ASSERT_TRUE(all.timekeeper().ask(id, bout::start_clock{}));
  auto& hand = all.operator_of(corner::red);
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(
      hand.ask(id, bout::log_fact{bout::strike{corner::red, "jab"}, {}}));
  ASSERT_TRUE(all.timekeeper().ask(id, bout::close_round{1}));
}

void judge(crew& all, const bout_id& id) {
  for (int seat = 1; seat <= 3; ++seat) {
    bout::submit_card card{seat, 1, {}, {}};
    auto red = seat == 3 ? 9 : 10;
    card.entry.score
      = rules::round_score{{whole_points(red), whole_points(19 - red)}};
    ASSERT_TRUE(all.judge(seat).ask(id, card));
  }
}

void publish(crew& all, const bout_id& id) {
  ASSERT_TRUE(all.supervisor().ask(id, bout::lock_round{1}));
  ASSERT_TRUE(all.commission().ask(id, bout::approve_result{}));
  ASSERT_TRUE(all.supervisor().ask(id, bout::publish_result{}));
}

/// What is known after the bout of its fighters and judges.
void history(person& boss, person& trainee, person& viewer,
             const std::string& bout) {
  auto counts = viewer.get(bout + "/statistics");
  auto career = viewer.get("/fighters/statistics?name=Ada%20Lovelace");
  EXPECT_EQ(*career.find("totals"), *counts.find("totals")->find("red"));
  EXPECT_EQ(*career.find("totals")->find("total_landed")->as_int(), 3);
  viewer.get("/fighters/statistics?name=Nobody", 404);
  viewer.get("/fighters/statistics", 422);

  auto seats = boss.get(bout).find("seats")->as_array()->front();
  auto first = *seats.find("account")->as_string();
  auto record = boss.get("/judges/" + first + "/reliability");
  EXPECT_EQ(*record.find("record")->find("cards")->as_int(), 1);
  trainee.get("/judges/" + first + "/reliability", 404);
  trainee.get("/judges/" + trainee.account + "/reliability", 404);
}

} // namespace

TEST(judging_wire, a_night_with_a_trainee) {
  test::live_node node;
  auto tokens = [&node](const std::string& name, role who) {
    return node->make_token(name, who);
  };
  auto people = crew::hire(node.place(), tokens, "Test", 3);
  ASSERT_TRUE(people) << people.reason().detail;
  auto& all = **people;
  person boss{node, "Boss", role::supervisor};
  person trainee{node, "Tess", role::judge};
  person viewer{node, "Vic", role::viewer};
  auto id = all.create(short_bout());
  ASSERT_TRUE(id) << id.reason().detail;
  auto bout = "/bouts/" + id->str();
  auto seat = bout + "/shadows/1";
  fight(all, *id);

  boss.put(seat, R"({"account":")" + trainee.account + R"("})");
  viewer.put(seat, R"({"account":"x"})", 403);
  viewer.get(bout + "/shadows", 403);
  trainee.put(seat + "/cards/1", R"({"red":11,"blue":9})", 422);
  trainee.put(seat + "/cards/1", R"({"red":10,"blu":9})", 400);
  trainee.put(seat + "/cards/1", R"({"red":9,"blue":10})");
  trainee.put(seat + "/cards/1", R"({"red_x10":90,"blue_x10":100})");
  trainee.put(seat + "/cards/1", R"({"red":10,"blue":9})", 409);
  boss.put(seat + "/cards/1", R"({"red":10,"blue":9})", 403);
  trainee.get(bout + "/shadows/1", 405);

  EXPECT_EQ(size_of(boss.get(bout + "/judging"), "rounds"), 0u);
  judge(all, *id);
  auto judged = boss.get(bout + "/judging");
  ASSERT_EQ(size_of(judged, "rounds"), 1u);
  const auto& round = judged.find("rounds")->as_array()->front();
  EXPECT_EQ(*round.find("majority")->as_string(), "red");
  EXPECT_TRUE(*round.find("variance")->find("opposite_winners")->as_bool());
  EXPECT_EQ(size_of(judged, "judges"), 3u);
  EXPECT_EQ(size_of(trainee.get(bout + "/judging"), "rounds"), 0u);
  EXPECT_EQ(size_of(viewer.get(bout + "/judging"), "rounds"), 0u);
  publish(all, *id);
  EXPECT_EQ(viewer.get(bout + "/judging"), boss.get(bout + "/judging"));

  auto shadow
    = trainee.get(bout + "/shadows").find("shadows")->as_array()->front();
  EXPECT_EQ(*shadow.find("comparison")->find("winners_equal")->as_int(), 0);
  EXPECT_EQ(json::to_text(viewer.get(bout)).find(trainee.account),
            std::string::npos);
  EXPECT_EQ(json::to_text(boss.get(bout + "/events")).find(trainee.account),
            std::string::npos);
  history(boss, trainee, viewer, bout);
}

} // namespace ringside::officials
