#include "tests/app/node/wall_fixture.hpp"

#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

/// The calibration, the profiles and the simulations on a real server: who may,
/// what is refused, and what a change does to a running bout.
namespace ringside {
namespace {

class settings_wall_test : public test::wall_fixture {
protected:
  static std::string change(std::int64_t version, int temperature_milli) {
    return "{\"version\":" + std::to_string(version)
           + ",\"reason\":\"too sure\",\"values\":{\"temperature_milli\":"
           + std::to_string(temperature_milli) + "}}";
  }
};

/// Who may, as api.md has it; nobody is asked what the program thinks.
TEST_F(settings_wall_test, every_role_at_every_door) {
  struct door {
    const char* method;
    const char* path;
    std::string body;
    std::set<std::string> who;
  };
  const std::set<std::string> officials{
    "admin", "supervisor", "commission", "timekeeper", "operator", "judge"};
  const std::set<std::string> control{"admin", "supervisor", "commission"};
  const std::set<std::string> owners{"admin", "commission"};
  const std::vector<door> doors{
    {"GET", "/calibration", "", officials},
    {"GET", "/calibration/history", "", officials},
    {"PUT", "/calibration", "{}", owners},
    {"POST", "/calibration/rollback", "{}", owners},
    {"POST", "/calibration/preview", "{\"values\":{}}", control},
    {"GET", "/scoring/profiles", "", officials},
    {"POST", "/scoring/profiles/reload", "{}", owners},
    {"GET", "/simulations", "", control},
    {"POST", "/simulations", "{}", control},
    {"GET", "/simulations/s1", "", control},
    {"DELETE", "/simulations/s1", "", control}};
  for (const auto& d : doors) {
    auto nobody = send("", d.method, d.path, d.body);
    EXPECT_EQ(nobody.status, 401u) << d.method << d.path;
    EXPECT_EQ(text(nobody.body, "code"), "unauthenticated") << nobody.body;
    for (auto name : enum_names<role>::value) {
      std::string who{name};
      auto a = send(who, d.method, d.path, d.body);
      EXPECT_EQ(a.status != 403, d.who.contains(who))
        << who << " " << d.method << d.path << " " << a.status;
      if (a.status == 403) {
        EXPECT_EQ(text(a.body, "code"), "forbidden");
      }
    }
  }
}

TEST_F(settings_wall_test, malformed_requests_are_refused_with_code_and_field) {
  struct wrong {
    const char* method;
    const char* path;
    const char* body;
    unsigned status;
    const char* code;
    const char* field;
  };
  const std::vector<wrong> all{
    {"PUT", "/calibration", "{\"reason\":\"x\"}", 400, "malformed", "version"},
    {"PUT", "/calibration", "{\"version\":1}", 400, "malformed", "reason"},
    {"PUT", "/calibration", "{\"version\":1,\"reason\":\"x\",\"colour\":1}",
     400, "malformed", "colour"},
    {"PUT", "/calibration",
     "{\"version\":1,\"reason\":\"x\",\"values\":{\"kd\":1}}", 400, "malformed",
     "values.kd"},
    {"PUT", "/calibration", "[]", 400, "malformed", ""},
    {"PUT", "/calibration", "{\"version\":", 400, "malformed", ""},
    {"PUT", "/calibration", "{\"version\":-1,\"reason\":\"x\"}", 422,
     "invalid_value", "version"},
    {"PUT", "/calibration",
     "{\"version\":1,\"reason\":\"\",\"values\":{\"temperature_milli\":900}}",
     422, "reason_required", "reason"},
    {"PUT", "/calibration",
     "{\"version\":1,\"reason\":\"x\",\"default_profile\":\"nobody\"}", 422,
     "invalid_value", "default_profile"},
    {"GET", "/calibration/history?limit=many", "", 422, "invalid_value",
     "limit"},
    {"GET", "/calibration/history?since=1", "", 400, "malformed", "since"},
    {"POST", "/calibration/rollback", "{\"version\":1,\"reason\":\"x\"}", 400,
     "malformed", "to"},
    {"POST", "/calibration/rollback",
     "{\"version\":1,\"to\":7,\"reason\":\"x\"}", 422, "invalid_value", "to"},
    {"POST", "/calibration/preview", "{\"rounds\":0}", 422, "invalid_value",
     "rounds"},
    {"POST", "/calibration/preview", "{\"rounds\":\"many\"}", 422,
     "invalid_value", "rounds"},
    {"POST", "/scoring/profiles/reload", "{}", 400, "malformed", "reason"},
    {"POST", "/scoring/profiles/reload", "{\"reason\":\"\"}", 422,
     "reason_required", "reason"},
    {"POST", "/simulations", "{}", 400, "malformed", "kind"},
    {"POST", "/simulations", "{\"kind\":\"dream\"}", 422, "invalid_value",
     "kind"},
    {"POST", "/simulations", "{\"kind\":\"synthetic\",\"bouts\":0}", 422,
     "invalid_value", "bouts"},
    {"POST", "/simulations", "{\"kind\":\"synthetic\",\"profile\":\"../x\"}",
     422, "invalid_value", "profile"},
    {"POST", "/simulations", "{\"kind\":\"script\"}", 400, "malformed",
     "script"}};
  for (const auto& x : all) {
    auto a = send("admin", x.method, x.path, x.body);
    auto what = std::string{x.path} + " " + x.body + " " + a.body;
    EXPECT_EQ(a.status, x.status) << what;
    EXPECT_EQ(text(a.body, "code"), x.code) << what;
    EXPECT_EQ(text(a.body, "field"), x.field) << what;
    EXPECT_NE(text(a.body, "detail"), "") << what;
  }
  EXPECT_EQ(number(send("admin", "GET", "/calibration").body, "version"), 1);
}

TEST_F(settings_wall_test, a_change_survives_a_restart_of_the_node) {
  open_bout();
  fight_round(1);
  auto before = assessment("supervisor").body;
  auto set = send("commission", "PUT", "/calibration", change(1, 2'500));
  ASSERT_EQ(set.status, 200u) << set.body;
  auto after = assessment_under(2);
  EXPECT_NE(member(after, "red"), member(before, "red"));
  auto history = send("commission", "GET", "/calibration/history").body;
  node_->restart();
  EXPECT_EQ(assessment("supervisor").body, after);
  EXPECT_EQ(shown_on_stream(after), after);
  EXPECT_EQ(send("commission", "GET", "/calibration/history").body, history);
  // And the next change is upon it.
  EXPECT_EQ(send("admin", "PUT", "/calibration", change(1, 900)).status, 409u);
  EXPECT_EQ(send("admin", "PUT", "/calibration", change(2, 1'000)).status,
            200u);
  EXPECT_EQ(member(assessment_under(3), "red"), member(before, "red"));
}

TEST_F(settings_wall_test, nobody_ever_sees_half_of_a_change) {
  constexpr int changes = 40;
  open_bout();
  fight_round(1);
  std::thread commission{[this] {
    for (int n = 1; n <= changes; ++n)
      EXPECT_EQ(
        send("commission", "PUT", "/calibration", change(n, 1'000 + n)).status,
        200u);
  }};
  std::map<std::int64_t, std::string> seen;
  std::int64_t last = 0;
  while (last <= changes && !HasFailure()) {
    auto body = assessment("supervisor").body;
    auto version = number(body, "calibration_version");
    // A version is one assessment, and time goes one way.
    EXPECT_EQ(seen.emplace(version, body).first->second, body);
    EXPECT_GE(version, last);
    last = version;
  }
  commission.join();
  EXPECT_GT(seen.size(), 2u);
}

TEST_F(settings_wall_test,
       case_33_a_calibration_is_changed_by_commission_and_admin) {
  open_bout();
  fight_round(1);
  auto before = assessment("supervisor").body;
  auto now = number(send("operator", "GET", "/calibration").body, "version");
  ASSERT_GE(now, 1);
  auto body = [](std::int64_t version) { return change(version, 2'500); };
  for (auto name : enum_names<role>::value) {
    std::string who{name};
    if (who != "commission" && who != "admin") {
      EXPECT_EQ(send(who, "PUT", "/calibration", body(now)).status, 403u)
        << who;
    }
  }
  auto set = send("commission", "PUT", "/calibration", body(now));
  ASSERT_EQ(set.status, 200u) << set.body;
  EXPECT_EQ(send("admin", "PUT", "/calibration", body(now)).status, 409u);
  auto after = assessment_under(now + 1);
  EXPECT_EQ(number(after, "calibration_position"),
            number(set.body, "position"));
  EXPECT_NE(text(after, "receipt"), text(before, "receipt"));
  EXPECT_EQ(number(after, "version"), number(before, "version"));
  auto history
    = send("timekeeper", "GET",
           "/calibration/history?after_version=" + std::to_string(now));
  EXPECT_NE(history.body.find("\"reason\":\"too sure\""), std::string::npos)
    << history.body;
  auto back = send("admin", "POST", "/calibration/rollback",
                   "{\"version\":" + std::to_string(now + 1) + ",\"to\":"
                     + std::to_string(now) + ",\"reason\":\"was fine\"}");
  EXPECT_EQ(back.status, 200u) << back.body;
  auto settled = assessment_under(now + 2);
  EXPECT_EQ(member(settled, "red"), member(before, "red"));
}

TEST_F(settings_wall_test, wrong_settings_are_refused_with_their_field) {
  auto put = [this](const std::string& rest) {
    return send("admin", "PUT", "/calibration",
                "{\"version\":1,\"reason\":\"x\"," + rest + "}");
  };
  auto low = put("\"values\":{\"multicam_merge_window_ms\":49}");
  EXPECT_EQ(low.status, 422u) << low.body;
  EXPECT_EQ(text(low.body, "field"), "values.multicam_merge_window_ms");
  auto half = put("\"values\":{\"hybrid_camera_weight_milli\":100}");
  EXPECT_EQ(half.status, 422u);
  EXPECT_EQ(text(half.body, "field"), "hybrid_human_weight_milli");
  EXPECT_EQ(put("\"values\":{\"kd_threshold\":1}").status, 400u);
  EXPECT_EQ(put("\"values\":{\"kd_threshold_ppm\":0.5}").status, 400u);
  EXPECT_EQ(put("\"values\":{\"kd_threshold_ppm\":\"1\"}").status, 422u);
  EXPECT_EQ(number(send("admin", "GET", "/calibration").body, "version"), 1);
}

TEST_F(settings_wall_test, a_preview_is_for_those_who_see_assessments) {
  open_bout();
  fight_round(1);
  std::string body = "{\"values\":{\"wide_card_at_ppm\":1},\"rounds\":200}";
  for (const auto* who : {"operator", "judge", "timekeeper", "viewer"})
    EXPECT_EQ(send(who, "POST", "/calibration/preview", body).status, 403u);
  auto a = send("supervisor", "POST", "/calibration/preview", body);
  EXPECT_EQ(a.status, 200u) << a.body;
  EXPECT_EQ(number(a.body, "rounds"), 1);
  EXPECT_EQ(number(a.body, "cards_changed"), 1) << a.body;
}

TEST_F(settings_wall_test, profiles_are_reloaded_from_their_files_on_demand) {
  open_bout();
  fight_round(1);
  auto before = assessment("supervisor").body;
  EXPECT_EQ(number(before, "profile_version"), 1);
  std::string why = "{\"reason\":\"fitted on later events\"}";
  // Other bytes under the same version are refused.
  write_profile(1, 2.5);
  auto forged = send("admin", "POST", "/scoring/profiles/reload", why);
  EXPECT_EQ(forged.status, 422u) << forged.body;
  EXPECT_EQ(text(forged.body, "field"), "mma_fit");
  EXPECT_EQ(assessment("supervisor").body, before);
  write_profile(2, 2.5);
  EXPECT_EQ(send("supervisor", "POST", "/scoring/profiles/reload", why).status,
            403u);
  auto done = send("admin", "POST", "/scoring/profiles/reload", why);
  EXPECT_EQ(done.status, 200u) << done.body;
  auto after = assessment_under(2);
  EXPECT_EQ(number(after, "profile_version"), 2);
  EXPECT_NE(member(after, "red"), member(before, "red"));
  // A broken file changes nothing.
  std::ofstream{profiles_.path() / "mma_fit.yaml"} << "id: mma_fit\nnonsense";
  EXPECT_GE(send("admin", "POST", "/scoring/profiles/reload", why).status,
            400u);
  EXPECT_EQ(assessment("supervisor").body, after);
  EXPECT_NE(
    send("judge", "GET", "/scoring/profiles").body.find("\"id\":\"mma_fit\""),
    std::string::npos);
}

} // namespace
} // namespace ringside
