#pragma once

#include "tests/crash/crash_fixture.hpp"

#include <array>
#include <string>

namespace ringside::test {

/// A real server with a whole crew: three judges who file for themselves, two
/// operators, and bouts that are fought to a result.
class bout_night : public crash_fixture {
protected:
  /// Adds everybody and starts the server.
  void set_up();

  /// A bout of so many rounds with its judges on their seats.
  std::string new_bout(int rounds, const std::string& ruleset = "mma_abc_2025");

  net::http_answer post(const std::string& token, const std::string& bout,
                        const std::string& json);

  /// Posts a command that must be accepted; the answer.
  json::value must(const std::string& token, const std::string& bout,
                   const std::string& type, const std::string& rest = {});

  /// Posts a command that must be refused with this status and code.
  void expect_refused(const std::string& token, const std::string& bout,
                      const std::string& json, unsigned status,
                      const std::string& code);

  /// Opens, runs and closes a round.
  void fight_round(const std::string& bout, int round);

  /// Body of a card of a seat, with its own command id.
  std::string card(int seat, int round, int red, int blue);

  /// Every judge files the same card; then the round is locked.
  void judge_round(const std::string& bout, int round, int red, int blue);

  /// GETs `/api/v1/bouts/{id}` + `part` as the supervisor.
  json::value show(const std::string& bout, const std::string& part = {});

  std::array<std::string, 3> judges;
  std::string other_operator;
};

/// What somebody sees who follows a topic: the snapshot with the changes of
/// every delta since.
class follower {
public:
  follower(const net::client_options& where, const std::string& topic);

  /// Reads until the state has this version. False if it never came, or if a
  /// `seq` was left out.
  bool reach(std::int64_t version);

  json::object state;

private:
  net::ws_client stream_;
  std::int64_t seq_ = -1;
};

} // namespace ringside::test
