#include "tests/support/advice_fixture.hpp"

namespace ringside::test {

void advice_fixture::open_round(int n) {
  desk("timekeeper", timekeeper, bout::open_round{n});
  desk("timekeeper", timekeeper, bout::start_clock{});
}

void advice_fixture::hit(corner by, int times) {
  for (; times > 0; --times) {
    auto s = jab();
    s.corner = by;
    desk("operator", operator_, bout::log_fact{s, {}});
  }
}

accepted advice_fixture::log(bout::fact what) {
  return desk("operator", operator_, bout::log_fact{std::move(what), {}});
}

protocol::text_answer advice_fixture::ask_scorer(wire::audience who,
                                                 int round) {
  auto to = services->names.open<protocol::scorer_actor>("bout/" + id.str()
                                                         + "/scorer");
  auto reply
    = ask<protocol::text_answer>(to, protocol::get_assessment{who, round});
  return reply ? *reply : protocol::text_answer{reply.reason()};
}

std::string advice_fixture::assessment(int round) {
  return text_or_code(ask_scorer({wire::audience::kind::control, 0}, round));
}

std::string advice_fixture::text_or_code(const protocol::text_answer& x) {
  if (const auto* text = std::get_if<std::string>(&x.outcome))
    return *text;
  return std::string{to_string(std::get<error>(x.outcome).code)};
}

std::string advice_fixture::field(const std::string& text, const char* key) {
  auto v = json::parse(text, {1'024 * 1'024, 16});
  const auto* found = v ? v->find(key) : nullptr;
  if (found == nullptr)
    return "";
  return found->as_string() != nullptr ? *found->as_string()
                                       : json::to_text(*found);
}

std::string advice_fixture::recounted(int round) {
  auto store = memory_world::open(world.disk, true);
  auto rows = (*store)->read_bout(id, 0, 100'000);
  auto lookup = world.make(sched->clock().now())->rulesets;
  bout::state s;
  scoring::bout_tally tallies;
  for (const auto& row : *rows) {
    auto e = wire::next_event(s, *audit::read_entry(row.bytes, row.personal),
                              *lookup);
    tallies.add(s, *e);
    bout::apply(s, *e, *lookup);
  }
  auto a = advice::advise(*in_journal(), s, tallies, id, round);
  if (!a)
    return std::string{to_string(a.reason().code)};
  EXPECT_EQ(tallies.of(s, round),
            scoring::count_again(s, round, tallies.until(s, round)));
  return json::to_text(json::value{advice::advice_json(*a, id)});
}

advice::in_force_ptr advice_fixture::in_journal() {
  auto store = memory_world::open(world.disk, true);
  auto rows = (*store)->read_bout(protocol::calibration_bout, 0, 100'000);
  advice::calibration_state state;
  for (const auto& row : *rows)
    EXPECT_TRUE(advice::apply_calibration_entry(
      state, *audit::read_entry(row.bytes, row.personal), row.seq));
  return advice::put_in_force(state, world.profiles);
}

calibration::change advice_fixture::change_of(calibration::setting s,
                                              std::int64_t value) {
  calibration::change c;
  c.values = {{s, value}};
  return c;
}

protocol::set_calibration advice_fixture::put(calibration::setting s,
                                              std::int64_t value, int version) {
  return {commission, version, change_of(s, value), "because"};
}

int advice_fixture::version() {
  auto text = text_or_code(tell(protocol::get_calibration{}));
  return std::stoi(field(text, "version"));
}

void advice_fixture::kill(const std::string& who) {
  caf::anon_send_exit(services->names.open(who), caf::exit_reason::kill);
}

} // namespace ringside::test
