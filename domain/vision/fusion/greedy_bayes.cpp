#include "domain/vision/fusion/greedy_bayes.hpp"

#include <algorithm>

namespace ringside::fusion {

namespace {

void place(const block& b, const observation& r, std::vector<hypothesis>& out) {
  hypothesis* best = nullptr;
  auto most = std::max(fresh_llr(b, r), 0.0);
  for (auto& h : out) {
    if ((h.used >> r.src & 1u) != 0 || !in_gate(b, h, r))
      continue;
    if (auto by = gain(b, h, r); by > most) {
      best = &h;
      most = by;
    }
  }
  if (best != nullptr)
    attach(b, *best, r, most);
  else
    out.push_back(fresh(b, r));
}

} // namespace

void greedy_bayes::solve(const block& b, std::vector<hypothesis>& out) {
  out.clear();
  for (const auto& r : b.seen)
    place(b, r, out);
  std::sort(out.begin(), out.end(), earlier);
}

} // namespace ringside::fusion
