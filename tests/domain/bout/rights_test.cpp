#include "domain/bout/rights.hpp"
#include "tests/domain/bout/ring.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

/// Who may do what: the whole table, and `decide` asks it first.
namespace ringside::bout::test {

namespace {

/// Every operation on a bout with the roles that may ask for it.
const std::map<operation, std::vector<role>> table{
  {operation::create_bout, {role::supervisor}},
  {operation::assign_judge, {role::supervisor, role::commission}},
  {operation::bind_seat, {role::judge, role::supervisor}},
  {operation::run_clock, {role::timekeeper, role::supervisor}},
  {operation::log_fact, {role::operator_, role::supervisor}},
  {operation::press_point, {role::judge}},
  {operation::deduct_point, {role::supervisor}},
  {operation::correct_fact,
   {role::operator_, role::timekeeper, role::supervisor}},
  {operation::submit_card, {role::judge}},
  {operation::revise_card, {role::supervisor, role::commission}},
  {operation::lock_round, {role::supervisor}},
  {operation::unlock_round, {role::supervisor}},
  {operation::end_bout, {role::supervisor}},
  {operation::approve_result, {role::supervisor, role::commission}},
  {operation::publish_result, {role::supervisor, role::commission}},
  {operation::overturn_result, {role::commission}},
  {operation::cancel_bout, {role::supervisor, role::commission}},
  {operation::add_note,
   {role::supervisor, role::commission, role::timekeeper, role::operator_,
    role::judge}},
  {operation::raise_protest, {role::supervisor, role::commission}},
  {operation::rule_on_protest, {role::supervisor, role::commission}},
  {operation::read_judges,
   {role::supervisor, role::commission, role::judge, role::admin}},
};

bool may(role who, operation what) {
  const auto& roles = table.at(what);
  return std::find(roles.begin(), roles.end(), who) != roles.end();
}

/// One of every command, and of every kind of fact that has its own right.
std::vector<command_body> every_command() {
  return {create_bout{},         assign_judge{},   bind_seat{},
          open_round{},          start_clock{},    stop_clock{},
          close_round{},         jab(corner::red), take_point(corner::red),
          log_fact{press{}, {}}, retract_event{},  replace_event{},
          submit_card{},         revise_card{},    lock_round{},
          unlock_round{},        record_finish{},  record_stoppage{},
          approve_result{},      publish_result{}, overturn_result{},
          cancel_bout{},         add_note{},       raise_protest{},
          rule_on_protest{}};
}

constexpr int role_count = static_cast<int>(enum_names<role>::value.size());

} // namespace

TEST(rights, are_this_table) {
  for (const auto& [what, roles] : table)
    for (int n = 0; n < role_count; ++n) {
      auto who = static_cast<role>(n);
      EXPECT_EQ(allowed(who, what), may(who, what))
        << text_of(who) << ' ' << text_of(what);
    }
}

TEST(rights, default_to_no) {
  EXPECT_FALSE(allowed(role::supervisor, static_cast<operation>(200)));
  for (int n = 0; n < role_count; ++n) {
    auto who = static_cast<role>(n);
    EXPECT_EQ(allowed(who, operation::manage_accounts), who == role::admin);
    EXPECT_EQ(allowed(who, operation::read_journal),
              who == role::supervisor || who == role::commission);
    EXPECT_EQ(allowed(who, operation::send_detections), who == role::source);
    EXPECT_EQ(allowed(who, operation::manage_sources),
              who == role::supervisor || who == role::admin);
  }
}

TEST(rights, cover_every_command) {
  std::vector<bool> seen(std::variant_size_v<command_body>);
  for (const auto& body : every_command()) {
    seen[body.index()] = true;
    EXPECT_TRUE(table.contains(operation_of(body)));
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), false), 0);
}

TEST(rights, are_asked_before_anything_else) {
  ring fresh;
  ring fought;
  fought.ready().won_rounds(1).bell().pass(1'000);
  for (const auto& body : every_command())
    for (int n = 0; n < role_count; ++n) {
      issuer who{static_cast<role>(n), "anybody"};
      if (may(who.role, operation_of(body)))
        continue;
      EXPECT_EQ(fresh.refused(who, body), ec::forbidden)
        << text_of(who.role) << " command " << body.index();
      EXPECT_EQ(fought.refused(who, body), ec::forbidden)
        << text_of(who.role) << " command " << body.index();
    }
}

TEST(rights, reach_no_bout_that_is_not_there) {
  for (const auto& body : every_command()) {
    if (std::holds_alternative<create_bout>(body))
      continue;
    ring r;
    for (int n = 0; n < role_count; ++n) {
      issuer who{static_cast<role>(n), "anybody"};
      if (may(who.role, operation_of(body))) {
        EXPECT_EQ(r.refused(who, body), ec::not_found)
          << text_of(who.role) << " command " << body.index();
      }
    }
  }
}

} // namespace ringside::bout::test
