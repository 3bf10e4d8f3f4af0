#include "tests/support/node_fixture.hpp"

#include "actors/runtime/supervisor.hpp"
#include "app/node/tree.hpp"

namespace ringside::test {

template actor_fixture::pending<protocol::text_answer>
actor_fixture::send_message<protocol::text_answer>(const caf::actor&,
                                                   caf::message);

protocol::answer_sink::behavior_type collect(protocol::answer_sink::pointer,
                                             std::shared_ptr<answers> into) {
  return {[into](const command_answer& a) { (*into)[a.tag] = a; }};
}

protocol::feed_sink::behavior_type screen(protocol::feed_sink::pointer,
                                          std::shared_ptr<seen_frames> into) {
  return {
    [into](const protocol::feed_delta& d) { into->frames.push_back(*d.frame); },
    [into](const protocol::feed_reset&) { ++into->resets; },
  };
}

void node_tree_fixture::SetUp() {
  start();
  sink = track(sys->spawn(collect, got));
}

void node_tree_fixture::start() {
  spawn_tree();
  settle();
}

void node_tree_fixture::spawn_tree() {
  root
    = track(spawn_root(services, node_tree(world.make(sched->clock().now()))));
}

void node_tree_fixture::settle() {
  advance(std::chrono::milliseconds{100});
}

bout::command node_tree_fixture::make(issuer by, bout::command_body body) {
  bout::command c;
  ++next_command;
  for (int i = 0; i < 8; ++i)
    c.id.bytes[static_cast<std::size_t>(i)]
      = static_cast<std::uint8_t>(next_command >> (8 * i));
  c.by = std::move(by);
  c.body = std::move(body);
  return c;
}

std::uint64_t node_tree_fixture::send(const std::string& name,
                                      const bout::command& c,
                                      const bout_id& of) {
  auto to = services->names.open<protocol::bout_actor>(name);
  auto tag = ++next_tag;
  protocol::submit what{sink, tag, of,
                        std::make_shared<const bout::command>(c)};
  caf::anon_send(caf::actor_cast<caf::actor>(to), what);
  return tag;
}

command_answer node_tree_fixture::answer_to(std::uint64_t tag) {
  settle();
  auto found = got->find(tag);
  if (found == got->end()) {
    ADD_FAILURE() << "no answer to " << tag << '\n' << book.dump();
    return {};
  }
  return found->second;
}

accepted node_tree_fixture::must(std::uint64_t tag) {
  auto answer = answer_to(tag);
  if (auto* ok = std::get_if<accepted>(&answer.outcome))
    return *ok;
  ADD_FAILURE() << std::get<error>(answer.outcome).detail;
  return {};
}

accepted node_tree_fixture::desk(const std::string& role_name, issuer by,
                                 bout::command_body body) {
  return must(send("bout/" + id.str() + "/desk/" + role_name,
                   make(std::move(by), std::move(body)), id));
}

void node_tree_fixture::create() {
  bout::create_bout c;
  c.ruleset = "mma_test";
  c.fighters.red.name = "Ada Red";
  c.fighters.blue.name = "Bea Blue";
  c.scheduled_rounds = 1;
  c.judges = {{"One", "j1"}, {"Two", "j2"}, {"Three", "j3"}};
  id = must(send("bouts", make(supervisor, c), {})).bout;
}

accepted node_tree_fixture::judge(int seat, bout::command_body body) {
  auto n = std::to_string(seat);
  return must(send("bout/" + id.str() + "/seat/" + n,
                   make({role::judge, "j" + n}, std::move(body)), id));
}

void node_tree_fixture::fight() {
  create();
  for (auto seat = 1; seat <= 3; ++seat)
    judge(seat, bout::bind_seat{seat, {}, "tablet", false, {}});
  desk("timekeeper", timekeeper, bout::open_round{1});
  desk("timekeeper", timekeeper, bout::start_clock{});
  advance(std::chrono::seconds{10});
  desk("operator", operator_, bout::log_fact{jab(), {}});
  desk("timekeeper", timekeeper, bout::close_round{1});
  for (auto seat = 1; seat <= 3; ++seat) {
    bout::submit_card card;
    card.seat = seat;
    card.round = 1;
    card.entry.score = rules::round_score{{whole_points(10), whole_points(9)}};
    judge(seat, card);
  }
  desk("supervisor", supervisor, bout::lock_round{1});
  desk("commission", {role::commission, "c1"}, bout::approve_result{});
  desk("supervisor", supervisor, bout::publish_result{});
}

bout::strike node_tree_fixture::jab() {
  bout::strike s;
  s.technique = "jab";
  s.target = bout::strike_target::head;
  return s;
}

std::string node_tree_fixture::view_of_bout() {
  auto actor
    = services->names.open<protocol::bout_actor>("bout/" + id.str() + "/bout");
  auto reply = ask<protocol::text_answer>(
    actor, protocol::get_bout{{wire::audience::kind::control, 0},
                              protocol::bout_part::all});
  if (!reply || !std::holds_alternative<std::string>(reply->outcome))
    return "none";
  return std::get<std::string>(reply->outcome);
}

} // namespace ringside::test
