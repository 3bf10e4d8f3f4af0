#include "app/simulate/script_event.hpp"

#include "domain/bout/box_score.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace ringside::simulate {

namespace {

constexpr int times_max = 200;

/// A whole number of `text` and nothing else.
std::optional<int> whole(std::string_view text) noexcept {
  auto n = 0;
  const auto* end = text.data() + text.size();
  auto [stop, fault] = std::from_chars(text.data(), end, n);
  if (text.empty() || fault != std::errc{} || stop != end || n < 0)
    return std::nullopt;
  return n;
}

/// `7` is 700, `75` is 750 thousandths.
std::optional<int> thousandths(std::string_view text) noexcept {
  auto n = whole(text);
  if (!n || text.size() > 3)
    return std::nullopt;
  for (auto i = text.size(); i < 3; ++i)
    *n *= 10;
  return n;
}

template <class Enum>
Enum optional_name(config::yaml_reader& in, const std::string& key) {
  return in.has(key) ? in.name<Enum>(key) : Enum{};
}

bool optional_flag(config::yaml_reader& in, const std::string& key,
                   bool fallback) {
  return in.has(key) ? in.flag(key) : fallback;
}

} // namespace

std::optional<round_ms> parse_clock(std::string_view text) noexcept {
  auto colon = text.find(':');
  if (colon == std::string_view::npos)
    return std::nullopt;
  auto minutes = whole(text.substr(0, colon));
  auto rest = text.substr(colon + 1);
  auto dot = rest.find('.');
  auto seconds = whole(rest.substr(0, dot));
  std::optional<int> ms{0};
  if (dot != std::string_view::npos)
    ms = thousandths(rest.substr(dot + 1));
  if (!minutes || !seconds || !ms || *minutes > 60 || *seconds > 59
      || rest.substr(0, dot).size() != 2)
    return std::nullopt;
  return round_ms{(*minutes * std::int64_t{60} + *seconds) * 1'000 + *ms};
}

round_ms read_clock(config::yaml_reader& in, const std::string& key,
                    round_ms fallback) {
  auto text = in.text(key);
  auto at = parse_clock(text);
  if (!at && !text.empty())
    in.refuse_value(key, "must be a time such as \"3:12\" or \"0:04.5\"");
  return at.value_or(fallback);
}

void round_events::read(config::yaml_reader& in) {
  auto at = read_clock(in, "at", {});
  auto type = in.name<event_type>("type");
  auto by = parse_corner(in.text("corner"));
  if (!by && in.has("corner"))
    in.refuse_value("corner", "must be red or blue");
  if (at >= length_)
    in.refuse_value("at", "is not before the end of the round");
  auto who = by.value_or(corner::red);
  if (type == event_type::strike)
    read_strikes(in, at, who);
  else if (type == event_type::control)
    read_control(in, at, who);
  else
    read_other(in, type, at, who);
}

void round_events::read_strikes(config::yaml_reader& in, round_ms at,
                                corner by) {
  bout::strike s;
  s.corner = by;
  s.technique = in.has("technique") ? in.text("technique") : "strike";
  s.target = optional_name<bout::strike_target>(in, "target");
  s.position = optional_name<bout::strike_position>(in, "position");
  s.quality = optional_name<bout::strike_quality>(in, "quality");
  s.landed = optional_flag(in, "landed", true);
  s.significant = optional_flag(in, "significant", true);
  auto times = in.has("times") ? in.small("times", 1, times_max) : 1;
  auto until = in.has("until") ? read_clock(in, "until", at) : at;
  if (until < at || until >= length_)
    in.refuse_value("until", "must lie between `at` and the end of the round");
  for (auto i = 0; i < times; ++i) {
    auto part = times > 1 ? (until - at).count * i / (times - 1) : 0;
    log(at + round_ms{part}, s);
  }
}

void round_events::read_control(config::yaml_reader& in, round_ms at,
                                corner by) {
  hold h{by, in.has("kind") ? in.text("kind") : "top", at,
         read_clock(in, "until", at + round_ms{1})};
  if (h.to <= h.from || h.to > length_)
    in.refuse_value("until", "must lie between `at` and the end of the round");
  for (const auto& other : holds_)
    if (h.from < other.to && other.from < h.to)
      in.refuse_value("at", "control cannot overlap with other control");
  holds_.push_back(std::move(h));
}

void round_events::read_other(config::yaml_reader& in, event_type type,
                              round_ms at, corner by) {
  switch (type) {
  case event_type::knockdown:
    return log(at,
               bout::knockdown{by, in.has("tier") ? in.text("tier") : "flash"});
  case event_type::takedown:
    return log(at, bout::takedown{by, optional_flag(in, "landed", true)});
  case event_type::submission_attempt:
    return log(at, bout::submission_attempt{
                     by, optional_name<bout::submission_depth>(in, "depth")});
  case event_type::reversal:
    return log(at, bout::reversal{by});
  case event_type::foul:
    return log(at, bout::foul{by, in.text("code"),
                              optional_flag(in, "intentional", false)});
  case event_type::deduction: {
    bout::deduction d{by, whole_points(in.small("points", 1, 10)),
                      in.text("reason")};
    plan_.referee.push_back({at, std::move(d), 0});
    return;
  }
  case event_type::strike:
  case event_type::control:
    break;
  }
}

void round_events::log(round_ms at, bout::fact what) {
  auto by = bout::corner_of(what);
  plan_.desks[by].push_back({at, std::move(what), 0});
}

replay::round_plan round_events::plan() && {
  std::sort(holds_.begin(), holds_.end(),
            [](const hold& a, const hold& b) { return a.from < b.from; });
  for (const auto& h : holds_) {
    auto& desk = plan_.desks[h.by];
    desk.push_back({h.from, bout::control_start{h.by, h.kind}, ++plan_.marks});
    desk.push_back({h.to, bout::control_end{h.by}, ++plan_.marks});
  }
  auto earlier = [](const replay::planned& a, const replay::planned& b) {
    return a.at != b.at ? a.at < b.at : a.mark < b.mark;
  };
  for (auto c : both_corners)
    std::stable_sort(plan_.desks[c].begin(), plan_.desks[c].end(), earlier);
  std::stable_sort(plan_.referee.begin(), plan_.referee.end(), earlier);
  return std::move(plan_);
}

} // namespace ringside::simulate
