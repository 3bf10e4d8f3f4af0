#include "app/demo/cameras.hpp"

#include <array>
#include <chrono>
#include <string_view>
#include <utility>

namespace ringside::demo {

namespace {

constexpr const char* label = "Demo";
constexpr const char* chief = "Demo camera crew chief";

struct likeness {
  std::string_view technique;
  std::string_view looks_like;
};

/// What the demo's fighters do and no camera has a name for.
constexpr std::array likenesses{likeness{"leg_kick", "body_kick"},
                                likeness{"ground_strike", "hook"}};

fusion::kind_index kind_of(std::string_view technique) {
  for (const auto& l : likenesses)
    if (l.technique == technique)
      technique = l.looks_like;
  const auto& names = feed::kind_names();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == technique)
      return static_cast<fusion::kind_index>(i);
  return 0;
}

/// The strike at `t`, if that is one; what misses is none.
std::vector<fusion::true_strike> strikes_of(std::span<const bout::fact> facts,
                                            mono_us t) {
  constexpr std::int32_t light = 250'000;
  constexpr std::int32_t hard = 900'000;
  std::vector<fusion::true_strike> out;
  for (const auto& f : facts) {
    if (const auto* s = std::get_if<bout::strike>(&f); s && s->landed)
      out.push_back({t, s->corner, kind_of(s->technique), s->target, light});
    else if (std::holds_alternative<bout::knockdown>(f) && !out.empty())
      out.back().severity_ppm = hard;
  }
  return out;
}

} // namespace

cameras::cameras(std::unique_ptr<feed::crowd> crowd, int count,
                 std::uint64_t seed)
  : crowd_(std::move(crowd)), dice_(seed) {
  settings_.cameras = count;
  settings_.operators = 0;
}

result<std::unique_ptr<cameras>>
cameras::hire(const officials::place& where,
              const officials::token_maker& tokens, int count,
              std::uint64_t seed) {
  auto token = tokens(chief, role::supervisor);
  if (!token)
    return token.reason();
  feed::crowd_settings who;
  who.cameras = count;
  who.operators = 0;
  who.seed = seed;
  who.label = label;
  auto crowd = feed::crowd::hire(where, officials::with_token(where, *token),
                                 tokens, who);
  if (!crowd)
    return crowd.reason();
  return std::unique_ptr<cameras>{new cameras{std::move(*crowd), count, seed}};
}

result<unit> cameras::watch(const bout_id& bout) {
  return crowd_->watch(bout);
}

void cameras::see(std::span<const bout::fact> facts,
                  feed::clock::time_point from, feed::clock::time_point to) {
  auto us
    = std::chrono::duration_cast<std::chrono::microseconds>(to - from).count();
  fusion::fight_settings how;
  how.seed = dice_.next();
  how.duration_s = static_cast<double>(us) * 1e-6;
  how.sources = feed::sources_of(settings_);
  // The bound of each comes from its exchange with the node.
  for (auto& source : how.sources)
    source.clock_bound_s = 0;
  auto seen = fusion::watch_strikes(
    how, strikes_of(facts, {fusion::fight_starts.count + us}));
  crowd_->add(feed::timed(seen, how.sources.size(), from));
}

} // namespace ringside::demo
