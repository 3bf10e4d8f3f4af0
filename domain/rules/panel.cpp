#include "domain/rules/panel.hpp"

#include "domain/base/check.hpp"

#include <algorithm>

namespace ringside::rules {

namespace {

struct split_count {
  int red = 0;
  int blue = 0;
  int even = 0;
  int all = 0;
};

split_count count(std::span<const verdict> says) {
  split_count n;
  for (auto one : says) {
    n.red += one == verdict::red;
    n.blue += one == verdict::blue;
    n.even += one == verdict::even;
  }
  n.all = static_cast<int>(says.size());
  return n;
}

result_kind decision_kind(int mine, int theirs, int all, bool four_one) {
  if (mine == all)
    return result_kind::unanimous_decision;
  if (theirs == 0)
    return result_kind::majority_decision;
  if (four_one && all == 5 && mine == 4)
    return result_kind::majority_decision;
  return result_kind::split_decision;
}

result_kind draw_kind(const split_count& n) {
  if (n.even == n.all)
    return result_kind::unanimous_draw;
  return 2 * n.even > n.all ? result_kind::majority_draw
                            : result_kind::split_draw;
}

std::string tuple_text(const split_count& n) {
  auto text = std::to_string(n.red) + ":" + std::to_string(n.blue);
  return n.even == 0 ? text : text + ":" + std::to_string(n.even);
}

std::string sentence(const split_count& n) {
  return "Of " + std::to_string(n.all) + " cards " + std::to_string(n.red)
         + " say red, " + std::to_string(n.blue) + " blue and "
         + std::to_string(n.even) + " even.";
}

} // namespace

panel_result panel_of(std::span<const verdict> says,
                      bool four_one_is_majority) {
  RINGSIDE_CHECK(!says.empty());
  auto n = count(says);
  auto most = std::max(n.red, n.blue);
  panel_result out;
  out.tuple = tuple_text(n);
  out.explanation = sentence(n);
  if (2 * most > n.all) {
    out.winner = n.red > n.blue ? corner::red : corner::blue;
    out.kind = decision_kind(most, std::min(n.red, n.blue), n.all,
                             four_one_is_majority);
  } else {
    out.kind = draw_kind(n);
  }
  return out;
}

verdict verdict_of(const per_corner<points>& total) noexcept {
  if (total.red == total.blue)
    return verdict::even;
  return total.red > total.blue ? verdict::red : verdict::blue;
}

verdict verdict_for(corner side) noexcept {
  return side == corner::red ? verdict::red : verdict::blue;
}

} // namespace ringside::rules
