#pragma once

#include "actors/protocol/advice_actors.hpp"
#include "actors/protocol/journal_messages.hpp"
#include "domain/advice/round_advice.hpp"
#include "domain/audit/json.hpp"
#include "domain/wire/entry_codec.hpp"
#include "tests/support/node_fixture.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ringside::test {

/// A node with a bout in its first round, its SCORER and the CALIBRATION.
class advice_fixture : public node_tree_fixture {
protected:
  void open_round(int n = 1);

  void hit(corner by, int times = 1);

  accepted log(bout::fact what);

  protocol::text_answer ask_scorer(wire::audience who, int round = 1);

  /// The assessment as control sees it; what is wrong if there is none.
  std::string assessment(int round = 1);

  static std::string text_or_code(const protocol::text_answer& x);

  static std::string field(const std::string& text, const char* key);

  /// The same from the journal alone, by another road: what a replay says.
  std::string recounted(int round = 1);

  /// What is in force according to the journal.
  advice::in_force_ptr in_journal();

  // -- calibration ------------------------------------------------------------

  template <class T>
  protocol::text_answer tell(T what) {
    auto to
      = services->names.open<protocol::calibration_actor>("node/calibration");
    auto reply = ask<protocol::text_answer>(to, std::move(what));
    return reply ? *reply : protocol::text_answer{reply.reason()};
  }

  static calibration::change change_of(calibration::setting s,
                                       std::int64_t value);

  protocol::set_calibration put(calibration::setting s, std::int64_t value,
                                int version);

  int version();

  void kill(const std::string& who);

  const issuer commission{role::commission, "c1"};
};

} // namespace ringside::test
