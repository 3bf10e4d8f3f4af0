#pragma once

#include "domain/audit/json.hpp"
#include "tests/sim/truth.hpp"

#include <map>
#include <string>

namespace ringside::sim {

/// Holds every assessment that anybody was shown against a recount from the
/// journal: of the version of the bout that it names, under the calibration
/// that it names. Byte for byte, at any moment, whatever was killed before.
class assessment_check {
public:
  assessment_check(run_log& log, const truth& durable)
    : log_(log), durable_(durable) {
    // nop
  }

  /// One assessment as it was shown.
  /// @param where Where it came from, for the report.
  void take(const bout_id& id, const json::value& told,
            const std::string& where);

  /// The topic of a bout as a screen shows it after a frame: all rounds are
  /// under one and the same calibration.
  void take_topic(const bout_id& id, const json::object& view,
                  const std::string& where);

private:
  /// Takes the hybrid result out; a lock that is shown has to be durable.
  void take_hybrid(const bout_id& id, int round, json::object& told,
                   const std::string& where);
  /// A round that no profile assesses under this calibration.
  void take_none(const bout_id& id, const json::value& told, int calibration,
                 const std::string& where);
  std::string count_again(const bout_id& id, int round, bout::event_no version,
                          int calibration);

  run_log& log_;
  const truth& durable_;
  /// Counted once, by receipt.
  std::map<std::string, std::string> counted_;
};

} // namespace ringside::sim
