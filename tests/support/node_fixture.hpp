#pragma once

#include "actors/protocol/bout_actors.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/memory_world.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ringside::test {

using protocol::accepted;
using protocol::command_answer;

// What nearly every test asks for, compiled once.
extern template actor_fixture::pending<protocol::text_answer>
actor_fixture::send_message<protocol::text_answer>(const caf::actor&,
                                                   caf::message);

using answers = std::map<std::uint64_t, command_answer>;

protocol::answer_sink::behavior_type collect(protocol::answer_sink::pointer,
                                             std::shared_ptr<answers> into);

struct seen_frames {
  std::vector<std::string> frames;
  int resets = 0;
};

protocol::feed_sink::behavior_type screen(protocol::feed_sink::pointer,
                                          std::shared_ptr<seen_frames> into);

/// A whole node on a simulated disk under virtual time, and one bout in it.
class node_tree_fixture : public actor_fixture {
protected:
  void SetUp() override;

  void start();

  /// The node, before it did anything.
  void spawn_tree();

  void settle();

  bout::command make(issuer by, bout::command_body body);

  std::uint64_t send(const std::string& name, const bout::command& c,
                     const bout_id& of);

  command_answer answer_to(std::uint64_t tag);

  accepted must(std::uint64_t tag);

  accepted desk(const std::string& role_name, issuer by,
                bout::command_body body);

  void create();

  accepted judge(int seat, bout::command_body body);

  /// One round, three cards, a published result.
  void fight();

  static bout::strike jab();

  std::string view_of_bout();

  const issuer supervisor{role::supervisor, "s1"};
  const issuer timekeeper{role::timekeeper, "t1"};
  const issuer operator_{role::operator_, "o1"};

  memory_world world;
  caf::actor root;
  std::shared_ptr<answers> got = std::make_shared<answers>();
  protocol::answer_sink sink;
  std::uint64_t next_tag = 0;
  std::uint64_t next_command = 0;
  bout_id id;
};

} // namespace ringside::test
