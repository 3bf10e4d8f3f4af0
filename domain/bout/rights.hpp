#pragma once

#include "domain/base/role.hpp"
#include "domain/bout/command.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Who may do what: one table, checked on every message and never at connect
/// time only. What depends on the state of the bout (own seat, own event,
/// locked rounds, the wall) is checked where the state is.
namespace ringside::bout {

/// Everything somebody can ask for.
enum class operation : std::uint8_t {
  create_bout,
  assign_judge,
  bind_seat,
  run_clock,
  log_fact,
  press_point,
  deduct_point,
  correct_fact,
  submit_card,
  revise_card,
  lock_round,
  unlock_round,
  end_bout,
  approve_result,
  publish_result,
  overturn_result,
  cancel_bout,
  add_note,
  raise_protest,
  rule_on_protest,
  read_bout,
  read_board,
  read_journal,
  export_bundle,
  read_cards,
  /// An answer to a question; what is behind the wall stays there.
  read_assessment,
  /// Everything as it comes, during the bout.
  follow_assessment,
  read_presence,
  /// Records of judges and shadow seats; a judge: the own ones.
  read_judges,
  read_operations,
  restart_actor,
  manage_accounts,
  read_calibration,
  preview_calibration,
  change_calibration,
  run_simulation,
  send_detections,
  manage_sources,
};

inline constexpr std::size_t operation_count
  = static_cast<std::size_t>(operation::manage_sources) + 1;

/// True if the role may ever do this. Default is no.
bool allowed(role who, operation what) noexcept;

/// The operation a command stands for.
operation operation_of(const command_body& body) noexcept;

} // namespace ringside::bout

namespace ringside {

template <>
struct enum_names<bout::operation> {
  static constexpr std::array<std::string_view, bout::operation_count> value{
    "create_bout",        "assign_judge",
    "bind_seat",          "run_clock",
    "log_fact",           "press_point",
    "deduct_point",       "correct_fact",
    "submit_card",        "revise_card",
    "lock_round",         "unlock_round",
    "end_bout",           "approve_result",
    "publish_result",     "overturn_result",
    "cancel_bout",        "add_note",
    "raise_protest",      "rule_on_protest",
    "read_bout",          "read_board",
    "read_journal",       "export_bundle",
    "read_cards",         "read_assessment",
    "follow_assessment",  "read_presence",
    "read_judges",        "read_operations",
    "restart_actor",      "manage_accounts",
    "read_calibration",   "preview_calibration",
    "change_calibration", "run_simulation",
    "send_detections",    "manage_sources"};
};

} // namespace ringside
