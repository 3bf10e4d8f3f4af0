#include "domain/bout/rights.hpp"

#include <initializer_list>

namespace ringside::bout {

namespace {

using role_set = std::uint16_t;

constexpr role_set of(std::initializer_list<role> roles) {
  role_set set = 0;
  for (auto r : roles)
    set = static_cast<role_set>(set | 1U << static_cast<unsigned>(r));
  return set;
}

constexpr auto sup = role::supervisor;
constexpr auto com = role::commission;
constexpr auto tim = role::timekeeper;
constexpr auto ope = role::operator_;
constexpr auto jud = role::judge;
constexpr auto bro = role::broadcast;
constexpr auto src = role::source;
constexpr auto vie = role::viewer;
constexpr auto adm = role::admin;

/// Separation of duties: the admin runs the machine and scores nothing; the
/// supervisor runs the bout and files no card; the operator logs and sees no
/// card; the commission approves.
constexpr role_set roles_for(operation what) {
  switch (what) {
  case operation::create_bout:
  case operation::lock_round:
  case operation::unlock_round:
  case operation::deduct_point:
  case operation::end_bout:
    return of({sup});
  case operation::assign_judge:
  case operation::revise_card:
  case operation::approve_result:
  case operation::publish_result:
  case operation::cancel_bout:
  case operation::raise_protest:
  case operation::rule_on_protest:
  case operation::read_presence:
    return of({sup, com});
  case operation::bind_seat:
    return of({jud, sup});
  case operation::run_clock:
    return of({tim, sup});
  case operation::log_fact:
    return of({ope, sup});
  case operation::correct_fact:
    return of({ope, tim, sup});
  case operation::press_point:
  case operation::submit_card:
    return of({jud});
  case operation::overturn_result:
    return of({com});
  case operation::add_note:
    return of({sup, com, tim, ope, jud});
  case operation::read_bout:
    return of({sup, com, tim, ope, jud, bro, src, vie, adm});
  case operation::read_board:
    return of({sup, com, tim, ope, jud, bro, src, vie, adm});
  case operation::read_journal:
    return of({sup, com});
  case operation::read_cards:
    return of({sup, com, jud, bro, vie});
  case operation::read_assessment:
    return of({sup, com, tim, ope, jud, bro, src, vie, adm});
  case operation::follow_assessment:
    return of({sup, com, bro, adm});
  case operation::read_judges:
    return of({sup, com, jud, adm});
  case operation::read_calibration:
    return of({sup, com, tim, ope, jud, adm});
  case operation::change_calibration:
    return of({com, adm});
  case operation::export_bundle:
  case operation::preview_calibration:
  case operation::read_operations:
  case operation::run_simulation:
    return of({sup, com, adm});
  case operation::restart_actor:
  case operation::manage_accounts:
    return of({adm});
  case operation::manage_sources:
    return of({sup, adm});
  case operation::send_detections:
    return of({src});
  }
  return 0;
}

struct operation_visitor {
  operation operator()(const create_bout&) const noexcept {
    return operation::create_bout;
  }
  operation operator()(const assign_judge&) const noexcept {
    return operation::assign_judge;
  }
  operation operator()(const bind_seat&) const noexcept {
    return operation::bind_seat;
  }
  operation operator()(const open_round&) const noexcept {
    return operation::run_clock;
  }
  operation operator()(const start_clock&) const noexcept {
    return operation::run_clock;
  }
  operation operator()(const stop_clock&) const noexcept {
    return operation::run_clock;
  }
  operation operator()(const close_round&) const noexcept {
    return operation::run_clock;
  }
  operation operator()(const log_fact& c) const noexcept {
    if (std::holds_alternative<deduction>(c.what))
      return operation::deduct_point;
    if (std::holds_alternative<press>(c.what))
      return operation::press_point;
    return operation::log_fact;
  }
  operation operator()(const retract_event&) const noexcept {
    return operation::correct_fact;
  }
  operation operator()(const replace_event&) const noexcept {
    return operation::correct_fact;
  }
  operation operator()(const submit_card&) const noexcept {
    return operation::submit_card;
  }
  operation operator()(const revise_card&) const noexcept {
    return operation::revise_card;
  }
  operation operator()(const lock_round&) const noexcept {
    return operation::lock_round;
  }
  operation operator()(const unlock_round&) const noexcept {
    return operation::unlock_round;
  }
  operation operator()(const record_finish&) const noexcept {
    return operation::end_bout;
  }
  operation operator()(const record_stoppage&) const noexcept {
    return operation::end_bout;
  }
  operation operator()(const approve_result&) const noexcept {
    return operation::approve_result;
  }
  operation operator()(const publish_result&) const noexcept {
    return operation::publish_result;
  }
  operation operator()(const overturn_result&) const noexcept {
    return operation::overturn_result;
  }
  operation operator()(const cancel_bout&) const noexcept {
    return operation::cancel_bout;
  }
  operation operator()(const add_note&) const noexcept {
    return operation::add_note;
  }
  operation operator()(const raise_protest&) const noexcept {
    return operation::raise_protest;
  }
  operation operator()(const rule_on_protest&) const noexcept {
    return operation::rule_on_protest;
  }
};

} // namespace

bool allowed(role who, operation what) noexcept {
  return (roles_for(what) >> static_cast<unsigned>(who) & 1U) != 0;
}

operation operation_of(const command_body& body) noexcept {
  return std::visit(operation_visitor{}, body);
}

} // namespace ringside::bout
