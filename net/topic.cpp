#include "net/topic.hpp"

#include <array>
#include <utility>

namespace ringside::net {

namespace {

using bout::operation;

constexpr std::array<std::pair<std::string_view, operation>, 8> plain_topics{{
  {"bouts", operation::read_board},
  {"sources", operation::read_operations},
  {"vision/router", operation::read_operations},
  {"failover", operation::read_operations},
  {"ops/profile", operation::read_operations},
  {"ops/health", operation::read_operations},
  {"ops/actors", operation::read_operations},
  // Anybody may watch that the log only grows.
  {"audit/head", operation::read_board},
}};

} // namespace

result<topic_info> parse_topic(std::string_view topic) {
  for (const auto& [name, right] : plain_topics)
    if (name == topic)
      return topic_info{right, std::nullopt, false};
  auto slash = topic.find('/');
  auto rest = slash == std::string_view::npos ? std::string_view{}
                                              : topic.substr(slash + 1);
  // Computed opinions, both: what a judge must not see.
  if ((topic.starts_with("assessment/") || topic.starts_with("fusion/"))
      && valid_id_text(rest))
    return topic_info{operation::follow_assessment, std::nullopt, false};
  if (topic.starts_with("bout/")) {
    if (valid_id_text(rest))
      return topic_info{operation::read_bout, bout_id{std::string{rest}},
                        false};
    auto end = rest.find('/');
    auto part = end == std::string_view::npos ? rest : rest.substr(end);
    if (valid_id_text(rest.substr(0, end)) && part == "/board")
      return topic_info{operation::read_board, std::nullopt, true};
    if (valid_id_text(rest.substr(0, end)) && part == "/presence")
      return topic_info{operation::read_presence, std::nullopt, false};
  }
  return refuse(ec::not_found, "there is no such topic", "topic");
}

protocol::stream_key stream_of(std::string_view topic, const topic_info& info,
                               role who, int seat) {
  using kind = wire::audience::kind;
  wire::audience eyes{kind::control, 0};
  if (info.board)
    eyes = {kind::public_, 0};
  else if (info.bout)
    eyes = wire::audience_for(who, seat);
  return {std::string{topic}, eyes};
}

} // namespace ringside::net
