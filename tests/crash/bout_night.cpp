#include "tests/crash/bout_night.hpp"

#include <chrono>

namespace ringside::test {

void bout_night::set_up() {
  add_people();
  other_operator = add_person(data(), "Otto", "operator");
  for (std::size_t i = 0; i < judges.size(); ++i)
    judges[i] = add_person(data(), "Judge " + std::to_string(i + 1), "judge");
  start();
}

std::string bout_night::new_bout(int rounds, const std::string& ruleset) {
  auto made
    = server.http(supervisor)
        .post("/api/v1/bouts",
              "{\"command_id\":\"" + fresh_id() + "\",\"ruleset\":\"" + ruleset
                + "\",\"scheduled_rounds\":" + std::to_string(rounds)
                + ",\"red\":{\"name\":\"Red\"},\"blue\":{\"name\":"
                  "\"Blue\"},\"judges\":[{\"name\":\"J1\"},{\"name\":"
                  "\"J2\"},{\"name\":\"J3\"}]}");
  if (!made || made->status != 201) {
    ADD_FAILURE() << (made ? made->body : made.reason().detail);
    return {};
  }
  auto id = text_in(parsed(made->body), "bout_id");
  for (std::size_t i = 0; i < judges.size(); ++i)
    must(judges[i], id, "bind_seat",
         "\"seat\":" + std::to_string(i + 1) + ",\"device\":\"tablet\"");
  return id;
}

net::http_answer bout_night::post(const std::string& token,
                                  const std::string& bout,
                                  const std::string& json) {
  auto answer
    = server.http(token).post("/api/v1/bouts/" + bout + "/commands", json);
  return answer ? *answer : net::http_answer{0, answer.reason().detail, {}};
}

json::value bout_night::must(const std::string& token, const std::string& bout,
                             const std::string& type, const std::string& rest) {
  auto answer = post(token, bout, body(type, rest));
  EXPECT_EQ(answer.status, 200u) << type << ": " << answer.body;
  return parsed(answer.body);
}

void bout_night::expect_refused(const std::string& token,
                                const std::string& bout,
                                const std::string& json, unsigned status,
                                const std::string& code) {
  auto answer = post(token, bout, json);
  EXPECT_EQ(answer.status, status) << json << answer.body;
  EXPECT_EQ(text_in(parsed(answer.body), "code"), code) << json;
}

void bout_night::fight_round(const std::string& bout, int round) {
  must(supervisor, bout, "open_round", "\"round\":" + std::to_string(round));
  must(supervisor, bout, "start_clock");
  must(supervisor, bout, "close_round", "\"round\":" + std::to_string(round));
}

std::string bout_night::card(int seat, int round, int red, int blue) {
  return body("submit_card", "\"seat\":" + std::to_string(seat)
                               + ",\"round\":" + std::to_string(round)
                               + ",\"red\":" + std::to_string(red)
                               + ",\"blue\":" + std::to_string(blue));
}

void bout_night::judge_round(const std::string& bout, int round, int red,
                             int blue) {
  for (std::size_t i = 0; i < judges.size(); ++i) {
    auto answer
      = post(judges[i], bout, card(static_cast<int>(i) + 1, round, red, blue));
    EXPECT_EQ(answer.status, 200u) << answer.body;
  }
  must(supervisor, bout, "lock_round", "\"round\":" + std::to_string(round));
}

json::value bout_night::show(const std::string& bout, const std::string& part) {
  auto answer = server.http(supervisor).get("/api/v1/bouts/" + bout + part);
  if (!answer || answer->status != 200) {
    ADD_FAILURE() << part << ": "
                  << (answer ? answer->body : answer.reason().detail);
    return {};
  }
  return parsed(answer->body);
}

follower::follower(const net::client_options& where, const std::string& topic)
  : stream_(where) {
  EXPECT_TRUE(stream_.connect());
  EXPECT_TRUE(
    stream_.send("{\"op\":\"subscribe\",\"topic\":\"" + topic + "\"}"));
}

bool follower::reach(std::int64_t version) {
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  while (std::chrono::steady_clock::now() < end) {
    auto found = state.find("version");
    if (found != state.end() && *found->second.as_int() >= version)
      return true;
    auto text = stream_.read(std::chrono::milliseconds{1'000});
    if (!text)
      continue;
    auto message = parsed(*text);
    auto op = text_in(message, "op");
    if (op == "snapshot") {
      state = *message.find("state")->as_object();
      seq_ = number_in(message, "seq");
    } else if (op == "delta") {
      if (number_in(message, "seq") != ++seq_)
        return false;
      for (const auto& [key, value] : *message.find("changes")->as_object())
        state.insert_or_assign(key, value);
    }
  }
  return false;
}

} // namespace ringside::test
