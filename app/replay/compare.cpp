#include "app/replay/compare.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace ringside::replay {

namespace {

constexpr std::string_view decision = "Decision - ";

std::string text_in(const json::value& of, std::string_view key) {
  const auto* found = of.find(key);
  return found != nullptr && found->as_string() != nullptr ? *found->as_string()
                                                           : std::string{};
}

std::int64_t number_in(const json::value& of, std::string_view key) {
  const auto* found = of.find(key);
  return found != nullptr && found->as_int() != nullptr ? *found->as_int() : -1;
}

/// `split_decision` and `split_draw` are both a split panel.
std::string panel_of(const std::string& kind) {
  return kind.substr(0, kind.find('_'));
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

std::string side(corner c) {
  return c == corner::red ? "_a" : "_b";
}

/// The fields of a result that the file knows, too.
struct verdict {
  std::string kind;
  /// `unanimous`, `split`, `majority`; empty without a decision of cards.
  std::string panel;
  std::string winner;
};

verdict verdict_of(const json::value& answer) {
  verdict v;
  const auto* result = answer.find("result");
  if (result == nullptr)
    return v;
  v.kind = text_in(*result, "kind");
  auto panel = text_in(*result, "panel");
  v.panel = panel_of(panel.empty() ? v.kind : panel);
  auto winner = parse_corner(text_in(*result, "winner"));
  v.winner = !winner ? "" : *winner == corner::red ? "a" : "b";
  return v;
}

/// How the file writes the panel of ours, to look the known errors up.
std::string method_text(const verdict& v) {
  auto word = v.panel;
  if (!word.empty())
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return std::string{decision} + word;
}

} // namespace

std::string result_text(const json::value& answer) {
  auto v = verdict_of(answer);
  if (v.kind.empty())
    return {};
  auto text = v.kind;
  if (panel_of(v.kind) != v.panel)
    text += " (" + v.panel + ")";
  return v.winner.empty() ? text : text + " " + v.winner;
}

std::string official_text(const official_result& official) {
  std::string_view method = official.method;
  if (method.substr(0, decision.size()) != decision)
    return {};
  auto panel = lower(std::string{method.substr(decision.size())});
  if (official.winner.empty())
    return panel;
  return official.winner == "draw" ? panel + "_draw"
                                   : panel + "_decision " + official.winner;
}

void compare_results(bout_report& report, const bout_record& bout,
                     const json::value& answer, const source_errors& known) {
  auto ours = verdict_of(answer);
  report.result = result_text(answer);
  report.official = official_text(bout.official);
  if (ours.kind.empty())
    return;
  if (report.official.empty()) {
    report.reason = "the source gives '" + bout.official.method
                    + "', which is no decision to compare with";
    return;
  }
  auto panel
    = lower(bout.official.method.substr(decision.size())) == ours.panel;
  auto winner
    = bout.official.winner.empty()
      || bout.official.winner == (ours.winner.empty() ? "draw" : ours.winner);
  report.equal = panel && winner;
  if (*report.equal) {
    if (bout.official.winner.empty())
      report.reason = "the source has no winner; only the panel is compared";
    return;
  }
  auto listed = known.find(bout.id);
  report.source_error = listed != known.end() && winner
                        && listed->second.recorded == bout.official.method
                        && listed->second.derived == method_text(ours);
  report.reason = report.source_error
                    ? "the source's error: " + listed->second.reason
                    : "unexplained";
}

namespace {

class counter {
public:
  counter(bout_report& report, const json::value& round,
          const round_record& row)
    : report_(report), round_(round), row_(row) {
    // nop
  }

  void counts(corner c) {
    const auto* box = round_.find(to_string(c));
    for (const auto& column : count_columns) {
      ++report_.cells;
      auto file = row_.corners[c].of(column.file);
      auto ours = box != nullptr ? number_in(*box, column.view) : -1;
      if (ours != file)
        differs(std::string{column.file} + side(c), std::to_string(file),
                std::to_string(ours));
    }
  }

  void deductions(corner c) {
    std::int64_t taken = 0;
    const auto* all = round_.find("deductions");
    if (all != nullptr && all->as_array() != nullptr)
      for (const auto& d : *all->as_array())
        if (text_in(d, "corner") == to_string(c))
          taken += number_in(d, "points_x10");
    ++report_.cells;
    if (taken != row_.corners[c].deducted * 10)
      differs("ded" + side(c), std::to_string(row_.corners[c].deducted),
              std::to_string(taken / 10));
  }

  void control(corner c, const control_bounds& bounds, const pace& speed) {
    const auto* box = round_.find(to_string(c));
    if (!row_.corners[c].control_s)
      return;
    ++report_.cells;
    auto ours = box != nullptr ? number_in(*box, "ctrl_ms") : -1;
    // The node cuts each mark to a whole millisecond.
    auto low = bounds.low_us / 1'000 - bounds.intervals;
    auto high = bounds.high_us / 1'000 + bounds.intervals + 1;
    if (ours < low || ours > high)
      differs("ctrl_seconds" + side(c),
              "between " + std::to_string(low) + " and " + std::to_string(high)
                + " ms",
              std::to_string(ours) + " ms");
    if (bounds.intervals == 0)
      return;
    auto wanted = speed.us(round_ms{*row_.corners[c].control_s * 1'000LL});
    auto off = std::abs(ours - wanted / 1'000);
    ++report_.control_rounds;
    report_.control_off_ms += off;
    report_.control_worst_ms = std::max(report_.control_worst_ms, off);
  }

private:
  void differs(std::string column, std::string file, std::string ours) {
    report_.differences.push_back(
      {row_.round, std::move(column), std::move(file), std::move(ours)});
  }

  bout_report& report_;
  const json::value& round_;
  const round_record& row_;
};

} // namespace

void compare_counts(bout_report& report, const bout_record& bout,
                    const json::value& statistics,
                    const std::vector<per_corner<control_bounds>>& control,
                    const pace& speed) {
  const json::value nothing;
  for (std::size_t i = 0; i < control.size(); ++i) {
    const auto& row = bout.rounds[i];
    const auto* round = statistics.find("round_" + std::to_string(row.round));
    counter count{report, round != nullptr ? *round : nothing, row};
    for (auto c : both_corners) {
      count.counts(c);
      count.deductions(c);
      count.control(c, control[i][c], speed);
    }
  }
}

} // namespace ringside::replay
