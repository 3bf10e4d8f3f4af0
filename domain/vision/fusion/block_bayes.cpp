#include "domain/vision/fusion/block_bayes.hpp"

#include <algorithm>
#include <array>

namespace ringside::fusion {

namespace {

/// The best join that was found, if any pays.
struct join {
  double worth = 0;
  std::size_t a = 0;
  std::size_t b = 0;
  hypothesis both;
};

void try_join(const block& b, const std::vector<hypothesis>& all, std::size_t i,
              std::size_t j, join& best) {
  const auto& x = all[i];
  const auto& y = all[j];
  if ((x.used & y.used) != 0)
    return;
  auto both = joined(b, x, y);
  auto worth
    = b.with->soft
        ? evidence_of(both.llr) - evidence_of(x.llr) - evidence_of(y.llr)
        : both.llr - std::max(x.llr, 0.0) - std::max(y.llr, 0.0);
  if (worth > best.worth)
    best = {worth, i, j, both};
}

} // namespace

void merge_pass(const block& b, std::vector<hypothesis>& all) {
  for (;;) {
    std::sort(all.begin(), all.end(), earlier);
    join best;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (auto j = i + 1;
           j < all.size() && all[j].t - all[i].t < b.with->merge_s; ++j)
        try_join(b, all, i, j, best);
    if (best.worth <= 0)
      return;
    all[best.a] = best.both;
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(best.b));
  }
}

void block_bayes::place_source(const block& b, std::vector<hypothesis>& out,
                               std::span<const std::uint8_t> reports) {
  // Sorting handles would be faster for many hypotheses; there are few.
  std::sort(out.begin(), out.end(), earlier);
  fresh_.clear();
  for (auto r : reports) {
    auto llr = fresh_llr(b, b.seen[r]);
    fresh_.push_back(b.with->soft ? evidence_of(llr) : std::max(llr, 0.0));
  }
  table_.reset(out.size(), reports.size());
  gains_.assign(out.size() * reports.size(), 0.0);
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto before = b.with->soft ? evidence_of(out[i].llr) : out[i].llr;
    for (std::size_t j = 0; j < reports.size(); ++j) {
      const auto& r = b.seen[reports[j]];
      if (!in_gate(b, out[i], r))
        continue;
      auto by = gain(b, out[i], r);
      auto after = out[i].llr + by;
      gains_[i * reports.size() + j] = by;
      table_.value(i, j)
        = (b.with->soft ? evidence_of(after) : after) - before - fresh_[j];
    }
  }
  placed_.assign(reports.size(), 0);
  for (auto [row, column] : table_.solve()) {
    const auto& r = b.seen[reports[column]];
    attach(b, out[row], r, gains_[row * reports.size() + column]);
    placed_[column] = 1;
  }
  for (std::size_t j = 0; j < reports.size(); ++j)
    if (placed_[j] == 0)
      out.push_back(fresh(b, b.seen[reports[j]]));
}

void block_bayes::solve(const block& b, std::vector<hypothesis>& out) {
  out.clear();
  // Where the reports of each rank end when sorted by rank and index.
  std::array<std::size_t, sources_max + 1> ends{};
  auto rank = [&](const observation& r) -> std::size_t {
    return b.with->sources[r.src].rank;
  };
  for (const auto& r : b.seen)
    ++ends[rank(r) + 1];
  for (std::size_t i = 1; i < ends.size(); ++i)
    ends[i] += ends[i - 1];
  order_.resize(b.seen.size());
  for (const auto& r : b.seen)
    order_[ends[rank(r)]++] = r.index;
  for (std::size_t from = 0, i = 0; i < b.with->sources.size(); ++i) {
    if (ends[i] > from)
      place_source(b, out, std::span{order_}.subspan(from, ends[i] - from));
    from = ends[i];
  }
  merge_pass(b, out);
  std::sort(out.begin(), out.end(), earlier);
}

} // namespace ringside::fusion
