#include "app/replay/plan.hpp"

#include "domain/base/dice.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace ringside::replay {

namespace {

using bout::strike_position;
using bout::strike_target;

constexpr std::array<std::pair<const char*, strike_target>, 3> targets{{
  {"sig_head", strike_target::head},
  {"sig_body", strike_target::body},
  {"sig_leg", strike_target::leg},
}};

constexpr std::array<std::pair<const char*, strike_position>, 3> positions{{
  {"sig_distance", strike_position::distance},
  {"sig_clinch", strike_position::clinch},
  {"sig_ground", strike_position::ground},
}};

/// Longest piece of control; more is cut, so that both fighters take turns.
constexpr int piece_max_s = 45;

/// How many of `name` landed, or did not.
int how_many(const corner_counts& x, const std::string& name, bool landed) {
  auto n = x.of(name + "_landed");
  return landed ? n : x.of(name + "_att") - n;
}

/// One entry per strike, in random order: dealt out against another such
/// list, both margins add up exactly.
template <class Kind>
std::vector<Kind> deal(const corner_counts& x, bool landed, dice& d,
                       const std::array<std::pair<const char*, Kind>, 3>& of) {
  std::vector<Kind> all;
  for (const auto& [name, kind] : of)
    all.insert(all.end(), static_cast<std::size_t>(how_many(x, name, landed)),
               kind);
  d.shuffle(all);
  return all;
}

class planner {
public:
  planner(std::string_view bout, const round_record& row)
    : row_(row), dice_(std::string{bout} + "/" + std::to_string(row.round)) {
    // nop
  }

  round_plan plan() {
    for (auto c : both_corners) {
      for (auto landed : {true, false})
        strikes(c, landed);
      others(c);
      deductions(c);
    }
    control();
    auto earlier = [](const planned& a, const planned& b) {
      return a.at != b.at ? a.at < b.at : a.mark < b.mark;
    };
    for (auto c : both_corners)
      std::stable_sort(out_.desks[c].begin(), out_.desks[c].end(), earlier);
    std::stable_sort(out_.referee.begin(), out_.referee.end(), earlier);
    return std::move(out_);
  }

private:
  round_ms some_time() {
    return round_ms{1 + dice_.below(row_.seconds * 1'000LL - 1)};
  }

  void log(corner c, bout::fact what) {
    out_.desks[c].push_back({some_time(), std::move(what), 0});
  }

  void strikes(corner c, bool landed) {
    const auto& x = row_.corners[c];
    auto where = deal(x, landed, dice_, targets);
    auto from = deal(x, landed, dice_, positions);
    bout::strike s;
    s.corner = c;
    s.technique = "strike";
    s.landed = landed;
    for (std::size_t i = 0; i < where.size(); ++i) {
      s.target = where[i];
      s.position = from[i];
      log(c, s);
    }
    s.significant = false;
    s.target = strike_target::unknown;
    s.position = strike_position::unknown;
    auto rest = how_many(x, "total", landed) - how_many(x, "sig", landed);
    for (auto i = 0; i < rest; ++i)
      log(c, s);
  }

  void others(corner c) {
    const auto& x = row_.corners[c];
    for (auto i = 0; i < x.of("kd"); ++i)
      log(c, bout::knockdown{c, "flash"});
    for (auto landed : {true, false})
      for (auto i = 0; i < how_many(x, "td", landed); ++i)
        log(c, bout::takedown{c, landed});
    for (auto i = 0; i < x.of("sub_att"); ++i)
      log(c, bout::submission_attempt{c, {}});
    for (auto i = 0; i < x.of("rev"); ++i)
      log(c, bout::reversal{c});
  }

  void deductions(corner c) {
    auto points = row_.corners[c].deducted;
    if (points > 0)
      out_.referee.push_back(
        {some_time(),
         bout::deduction{c, whole_points(points), "taken by the referee"}, 0});
  }

  /// Whole seconds, cut into pieces of both fighters in turns, with the rest
  /// of the round in the gaps.
  void control() {
    std::vector<std::pair<corner, int>> pieces;
    auto free_s = row_.seconds;
    for (auto c : both_corners) {
      auto left = row_.corners[c].control_s.value_or(0);
      free_s -= left;
      while (left > 0) {
        auto piece = left > piece_max_s
                       ? piece_max_s / 3
                           + static_cast<int>(dice_.below(piece_max_s * 2 / 3))
                       : left;
        pieces.emplace_back(c, piece);
        left -= piece;
      }
    }
    dice_.shuffle(pieces);
    std::vector<std::int64_t> gaps;
    for (std::size_t i = 0; i < pieces.size(); ++i)
      gaps.push_back(dice_.below(free_s + 1));
    std::sort(gaps.begin(), gaps.end());
    std::int64_t run_s = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      auto [c, length] = pieces[i];
      mark(c, gaps[i] + run_s, bout::control_start{c, "top"});
      run_s += length;
      mark(c, gaps[i] + run_s, bout::control_end{c});
    }
  }

  void mark(corner c, std::int64_t second, bout::fact what) {
    out_.desks[c].push_back(
      {round_ms{second * 1'000}, std::move(what), ++out_.marks});
  }

  const round_record& row_;
  dice dice_;
  round_plan out_;
};

} // namespace

round_plan make_plan(std::string_view bout, const round_record& row) {
  return planner{bout, row}.plan();
}

} // namespace ringside::replay
