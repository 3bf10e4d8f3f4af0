#include "app/simulate/play_live.hpp"

#include "app/simulate/synthetic_script.hpp"

#include <utility>

namespace ringside::simulate {

namespace {

std::string name_of(std::string_view kind, std::optional<corner> winner) {
  auto out = std::string{kind};
  if (winner)
    out += " for " + std::string{to_string(*winner)};
  return out;
}

void count(live_outcome& all, const script& s, const script_outcome& o) {
  ++all.bouts;
  all.events += o.events;
  all.took_ms += o.took_ms;
  if (o.good())
    ++all.equal;
  else
    all.differences.push_back(
      s.title + ": calculated "
      + name_of(ringside::text_of(s.expect->result), s.expect->winner)
      + ", the node says " + name_of(o.result, o.winner));
}

} // namespace

result<live_outcome> play_live(const synthetic::series& s, std::uint64_t bouts,
                               const officials::place& where,
                               const officials::token_maker& make,
                               token_cache& tokens,
                               const script_options& options) {
  auto kept = [&](const std::string& name, role who) {
    return tokens.get(make, name, who);
  };
  auto each = options;
  each.progress = nullptr;
  live_outcome all;
  for (std::uint64_t i = 0; i < bouts; ++i) {
    if (auto b = synthetic::play(s, i); !b) {
      ++all.without_result;
    } else {
      auto script = script_of(s, *b, i);
      auto o = run_script(script, where, kept, each);
      if (!o) {
        auto why = o.reason();
        why.detail = script.title + ": " + why.detail;
        return why;
      }
      count(all, script, *o);
    }
    if (options.progress)
      options.progress(i + 1, bouts);
  }
  return all;
}

std::string text_of(const live_outcome& o) {
  auto out = std::to_string(o.bouts)
             + " of them through a node: " + std::to_string(o.equal)
             + " with the calculated result, " + std::to_string(o.events)
             + " events in " + std::to_string(o.took_ms) + " ms\n";
  if (o.without_result > 0)
    out += "  " + std::to_string(o.without_result)
           + " not played: the rules derive no result\n";
  for (const auto& x : o.differences)
    out += "  " + x + "\n";
  return out;
}

json::value json_of(const live_outcome& o) {
  json::array differences;
  for (const auto& x : o.differences)
    differences.emplace_back(x);
  return json::object{{"bouts", o.bouts},
                      {"equal", o.equal},
                      {"without_result", o.without_result},
                      {"events", o.events},
                      {"took_ms", o.took_ms},
                      {"differences", std::move(differences)}};
}

} // namespace ringside::simulate
