#include "domain/synthetic/layout.hpp"

#include <algorithm>
#include <utility>

namespace ringside::synthetic {

namespace {

using scoring::timed_fact;

/// Longest piece of control, seconds; more is cut, so that both take turns.
constexpr int piece_max_s = 45;
/// How many strikes on the ground come from whoever is in control there.
constexpr std::int64_t on_top_ppm = 850'000;

constexpr std::array<bout::strike_position, 3> places{
  bout::strike_position::distance, bout::strike_position::clinch,
  bout::strike_position::ground};
constexpr std::array<bout::strike_target, 3> targets{bout::strike_target::head,
                                                     bout::strike_target::body,
                                                     bout::strike_target::leg};

struct piece {
  corner by = corner::red;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

const std::string& preferred(const std::vector<std::string>& known,
                             const char* word) {
  auto i = std::find(known.begin(), known.end(), word);
  return i == known.end() ? known.front() : *i;
}

class spreader {
public:
  spreader(const per_corner<corner_line>& round, int length_s,
           const vocabulary& words, dice& d)
    : round_(round), length_s_(length_s), words_(words), dice_(d) {
    // nop
  }

  std::vector<timed_fact> facts() {
    control();
    for (auto c : both_corners) {
      strikes(c, true);
      strikes(c, false);
      others(c);
    }
    std::stable_sort(
      out_.begin(), out_.end(),
      [](const timed_fact& a, const timed_fact& b) { return a.at < b.at; });
    return std::move(out_);
  }

private:
  void log(std::int64_t ms, bout::fact what) {
    out_.push_back({std::move(what), round_ms{ms}});
  }

  std::int64_t any_time() {
    return 1 + dice_.below(length_s_ * std::int64_t{1'000} - 1);
  }

  /// Inside a piece of the fighter's own control, if there is any.
  std::int64_t time_in_control(corner c) {
    std::int64_t all = 0;
    for (const auto& p : pieces_)
      all += p.by == c ? p.to_ms - p.from_ms : 0;
    if (all == 0)
      return any_time();
    auto left = dice_.below(all);
    for (const auto& p : pieces_) {
      if (p.by != c)
        continue;
      if (left < p.to_ms - p.from_ms)
        return std::max<std::int64_t>(p.from_ms + left, 1);
      left -= p.to_ms - p.from_ms;
    }
    return any_time();
  }

  void control() {
    std::vector<std::pair<corner, int>> lengths;
    auto free_s = length_s_;
    for (auto c : both_corners) {
      auto left = round_[c].of(stat::control_s);
      free_s -= left;
      while (left > 0) {
        auto cut = piece_max_s / 3
                   + static_cast<int>(dice_.below(piece_max_s * 2 / 3));
        auto length = left > piece_max_s ? cut : left;
        lengths.emplace_back(c, length);
        left -= length;
      }
    }
    dice_.shuffle(lengths);
    std::vector<std::int64_t> gaps;
    for (std::size_t i = 0; i < lengths.size(); ++i)
      gaps.push_back(dice_.below(free_s + 1));
    std::sort(gaps.begin(), gaps.end());
    std::int64_t run_s = 0;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      auto [c, length] = lengths[i];
      auto from = (gaps[i] + run_s) * 1'000;
      run_s += length;
      auto to = (gaps[i] + run_s) * 1'000;
      pieces_.push_back({c, from, to});
      log(from, bout::control_start{c, words_.control_kind});
      log(to, bout::control_end{c});
    }
  }

  void strikes(corner c, bool landed) {
    const auto& line = round_[c];
    const auto& table = landed ? line.landed : line.missed;
    bout::strike s;
    s.corner = c;
    s.technique = words_.technique;
    s.landed = landed;
    for (std::size_t p = 0; p < places.size(); ++p)
      for (std::size_t t = 0; t < targets.size(); ++t) {
        s.position = places[p];
        s.target = targets[t];
        for (auto i = 0; i < table[p][t]; ++i)
          log(when(c, s.position), s);
      }
    s.significant = false;
    s.target = bout::strike_target::unknown;
    s.position = bout::strike_position::unknown;
    auto rest = line.of(landed ? stat::other_landed : stat::other_missed);
    for (auto i = 0; i < rest; ++i)
      log(any_time(), s);
  }

  std::int64_t when(corner c, bout::strike_position p) {
    return p == bout::strike_position::ground && dice_.chance(on_top_ppm)
             ? time_in_control(c)
             : any_time();
  }

  void others(corner c) {
    const auto& line = round_[c];
    for (auto i = 0; i < line.of(stat::knockdowns); ++i)
      log(any_time(), bout::knockdown{c, words_.knockdown_tier});
    takedowns(c);
    for (auto i = 0; i < line.of(stat::takedowns_failed); ++i)
      log(any_time(), bout::takedown{c, false});
    for (auto i = 0; i < line.of(stat::submissions); ++i)
      log(any_time(), bout::submission_attempt{c, {}});
    for (auto i = 0; i < line.of(stat::reversals); ++i)
      log(any_time(), bout::reversal{c});
    if (line.deduction)
      log(any_time(),
          bout::deduction{c, whole_points(1), "taken in a synthetic bout"});
  }

  void takedowns(corner c) {
    auto left = round_[c].of(stat::takedowns);
    for (const auto& p : pieces_)
      if (p.by == c && left > 0) {
        log(std::max<std::int64_t>(p.from_ms, 1), bout::takedown{c, true});
        --left;
      }
    for (; left > 0; --left)
      log(any_time(), bout::takedown{c, true});
  }

  const per_corner<corner_line>& round_;
  int length_s_;
  const vocabulary& words_;
  dice& dice_;
  std::vector<piece> pieces_;
  std::vector<timed_fact> out_;
};

} // namespace

result<vocabulary> words_of(const rules::ruleset& rules) {
  const auto& tiers = rules.knockdowns.tiers;
  if (rules.techniques.empty() || tiers.empty() || rules.control_kinds.empty())
    return refuse(ec::not_in_ruleset,
                  "the rule set " + rules.id
                    + " has no techniques, knockdowns or control to make "
                      "bouts of",
                  "ruleset");
  return vocabulary{preferred(rules.techniques, "strike"), tiers.front(),
                    preferred(rules.control_kinds, "top")};
}

std::vector<scoring::timed_fact> lay_out(const per_corner<corner_line>& round,
                                         int length_s, const vocabulary& words,
                                         dice& d) {
  return spreader{round, length_s, words, d}.facts();
}

} // namespace ringside::synthetic
