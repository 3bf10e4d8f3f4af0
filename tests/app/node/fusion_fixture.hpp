#pragma once

#include "actors/protocol/advice_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "actors/runtime/supervisor.hpp"
#include "app/node/tree.hpp"
#include "domain/vision/desk/fused_entry.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/vision_world.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ringside::test {

using protocol::text_answer;

/// A bout in a whole node under virtual time, watched by two cameras.
class fusion_fixture : public node_tree_fixture {
protected:
  static fusion::fusion_plan plan() {
    return plain_plan({"jab", "hook"});
  }

  void SetUp() override {
    world.mappers = plain_mappers(plan().kinds);
    time = world.make(sched->clock().now())->time;
    start_node();
    sink = track(sys->spawn(collect, got));
    create();
    for (const auto* name : {"left", "right"}) {
      intake::source_fact f;
      f.name = name;
      f.mapping = "ringside";
      f.bout = id;
      f.rate_hz = 100;
      tell<protocol::sources_actor>("vision/sources",
                                    protocol::create_source{admin, f});
    }
    desk("timekeeper", timekeeper, bout::open_round{1});
    desk("timekeeper", timekeeper, bout::start_clock{});
    run(1'000);
  }

  /// As `start`, with what these tests need beside it.
  void start_node() {
    auto w = world.make(sched->clock().now());
    // One timeline, as a real node finds it in its journal.
    w->time = time;
    w->fusion = std::make_shared<const fusion::fusion_plan>(plan());
    auto set = std::make_shared<rules::ruleset>(*plain_mma());
    set->cameras = counting;
    w->rulesets = std::make_shared<const bout::ruleset_lookup>(
      [set = std::shared_ptr<const rules::ruleset>{set}](
        std::string_view x, int) { return x == set->id ? set : nullptr; });
    root = track(spawn_root(services, node_tree(w)));
    settle();
  }

  void restart_node() {
    caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
    advance(std::chrono::seconds{5});
    start_node();
    advance(std::chrono::seconds{2});
  }

  void kill(const std::string& who) {
    caf::anon_send_exit(services->names.open(who), caf::exit_reason::kill);
    advance(std::chrono::seconds{1});
  }

  mono_us now() {
    return time.at(sched->clock().now());
  }

  template <class Handle, class T>
  text_answer tell(const std::string& who, T what) {
    auto slot = send_request<text_answer>(services->names.open<Handle>(who),
                                          std::move(what));
    for (int i = 0; i < 20 && !*slot; ++i)
      advance(std::chrono::milliseconds{5});
    if (!*slot || !**slot)
      return {refuse(ec::timeout, "none")};
    return ***slot;
  }

  static std::string text(const text_answer& x) {
    const auto* good = std::get_if<std::string>(&x.outcome);
    return good != nullptr
             ? *good
             : std::string{to_string(std::get<error>(x.outcome).code)};
  }

  /// Life signs of both cameras, for so long.
  void run(int ms) {
    for (int i = 0; i < ms; i += 250) {
      for (const auto& s : alive)
        send_to(s, protocol::source_heartbeat{"a9", true, now()});
      advance(std::chrono::milliseconds{250});
    }
  }

  template <class T>
  void send_to(const std::string& source, T what) {
    auto to = services->names.open<protocol::source_actor>("source/" + source);
    static_cast<void>(send_request<text_answer>(to, std::move(what)));
  }

  /// One strike that every camera alive reports at once.
  intake::batch strike(corner by = corner::red) {
    json::array items;
    items.emplace_back(json::object{{"kind", "jab"},
                                    {"corner", to_string(by)},
                                    {"at_us", now().count - 20'000}});
    intake::batch b{
      ++seq, std::make_shared<const json::array>(std::move(items)), now(), {}};
    for (const auto& s : alive)
      send_to(s, protocol::send_detections{"a9", b});
    return b;
  }

  /// The same, with the time it takes to be final.
  void strike_and_wait(corner by = corner::red) {
    strike(by);
    run(2'000);
  }

  std::vector<desk::fused_fact> chain() {
    std::vector<desk::fused_fact> out;
    auto store = memory_world::open(world.disk, true);
    auto rows = (*store)->read_bout(desk::fused_chain(id), 0, 100'000);
    for (const auto& row : *rows) {
      auto fact = desk::read_fused(*audit::parse_entry(row.bytes));
      EXPECT_TRUE(fact);
      out.push_back(*fact);
    }
    return out;
  }

  std::string harmonizer() const {
    return "bout/" + id.str() + "/harmonizer";
  }

  std::string stats() {
    return text(
      tell<protocol::harmonizer_actor>(harmonizer(), protocol::get_fusion{}));
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }

  const issuer admin{role::admin, "a1"};
  rules::camera_counting counting = rules::camera_counting::none;
  timeline time;
  std::uint64_t seq = 0;
  std::vector<std::string> alive{"s1", "s2"};
};

} // namespace ringside::test
