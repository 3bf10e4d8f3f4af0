#pragma once

#include "app/feed/tapper.hpp"
#include "app/feed/timetable.hpp"
#include "app/officials/accounts.hpp"

#include <memory>
#include <thread>
#include <vector>

namespace ringside::feed {

struct crowd_settings {
  int cameras = 4;
  int operators = 3;
  std::uint64_t seed = 1;
  /// Goes before the name of every account and source, for example
  /// `Simulated`.
  std::string label;
};

/// The cameras and operators of a node, each with an account, a token, a
/// connection, a wrong clock and a thread. Serves one bout after the other.
class crowd {
public:
  /// Makes the accounts and the sources, or takes the sources that an earlier
  /// crowd of this name left. @param boss A place with a supervisor's token.
  static result<std::unique_ptr<crowd>>
  hire(const officials::place& where, const officials::place& boss,
       const officials::token_maker& tokens, const crowd_settings& settings);

  /// Ends the threads.
  ~crowd();

  /// Points all cameras and operators at a bout.
  result<unit> watch(const bout_id& bout);

  /// Gives everybody what to do in a round.
  void add(const timed_round& round);

  /// Ends the threads; figures are final then.
  void stop();

  const std::vector<std::unique_ptr<camera>>& cameras() const noexcept {
    return cameras_;
  }

  const std::vector<std::unique_ptr<tapper>>& operators() const noexcept {
    return operators_;
  }

private:
  explicit crowd(const officials::place& boss) : http_(boss) {
    // nop
  }

  result<std::vector<std::string>> sources(const crowd_settings& settings);
  result<std::string> make_source(const std::string& name);
  void start();

  net::http_client http_;
  std::vector<std::unique_ptr<camera>> cameras_;
  std::vector<std::unique_ptr<tapper>> operators_;
  std::vector<std::jthread> threads_;
};

} // namespace ringside::feed
