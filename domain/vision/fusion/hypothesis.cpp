#include "domain/vision/fusion/hypothesis.hpp"

#include "domain/base/portable_math.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ringside::fusion {

namespace {

const source_model& source_of(const block& b, const observation& r) noexcept {
  return b.with->sources[r.src];
}

double silence_of(const block& b, std::uint32_t mask) noexcept {
  double sum = 0;
  for (; mask != 0; mask &= mask - 1)
    sum += b.with->sources[static_cast<std::size_t>(__builtin_ctz(mask))]
             .log_silent;
  return sum;
}

/// Share of the gain of `src` that counts beside those in `used`.
double weight_beside(const model& m, source_index src,
                     std::uint32_t used) noexcept {
  if ((m.cameras & (1u << src)) == 0 || (used & m.cameras) == 0)
    return 1;
  return (used & m.same_vendor[src]) != 0 ? m.vendor_weight : m.camera_weight;
}

/// How much likelier the label is under the kinds of `h` than as clutter.
double label_ratio(const source_model& s, const hypothesis& h,
                   std::size_t kinds, kind_index label) noexcept {
  double sum = 0;
  for (std::size_t k = 0; k < kinds; ++k)
    sum += h.kind[k] * s.likely[label][k];
  return sum * s.label_count;
}

double corner_ratio(const source_model& s, const hypothesis& h,
                    bool blue) noexcept {
  auto right = s.corner_right;
  auto wrong = 1 - right;
  return 2
         * (blue ? h.blue * right + h.red * wrong
                 : h.red * right + h.blue * wrong);
}

void add_member(hypothesis& h, const observation& r, double by) noexcept {
  h.first = h.count == 0 ? r.index : std::min(h.first, r.index);
  h.members[h.count] = r.index;
  h.gains[h.count] = static_cast<float>(by);
  ++h.count;
  h.used |= 1u << r.src;
}

void see_label(hypothesis& h, const source_model& s, std::size_t kinds,
               kind_index label) noexcept {
  double sum = 0;
  for (std::size_t k = 0; k < kinds; ++k)
    sum += h.kind[k] *= s.likely[label][k];
  for (std::size_t k = 0; k < kinds; ++k)
    h.kind[k] /= sum;
}

void see_corner(hypothesis& h, const source_model& s, bool blue) noexcept {
  auto right = s.corner_right;
  auto wrong = 1 - right;
  h.red *= blue ? wrong : right;
  h.blue *= blue ? right : wrong;
  auto sum = h.red + h.blue;
  h.red /= sum;
  h.blue /= sum;
}

void see(const block& b, hypothesis& h, const observation& r) noexcept {
  const auto& s = source_of(b, r);
  if (r.has_kind)
    see_label(h, s, b.with->kinds, r.kind);
  if (r.has_corner)
    see_corner(h, s, r.blue);
}

} // namespace

double hypothesis::p() const noexcept {
  return portable::logistic(llr);
}

double evidence_of(double llr) noexcept {
  // Beyond these the rest is below any decision.
  constexpr double far = 20;
  constexpr std::size_t steps_per_unit = 32;
  constexpr std::size_t steps = 2 * 20 * steps_per_unit;
  static const auto table = [] {
    std::array<double, steps + 1> values{};
    for (std::size_t i = 0; i <= steps; ++i)
      values[i] = portable::ln(
        1
        + portable::exponential(static_cast<double>(i) / steps_per_unit - far));
    return values;
  }();
  if (llr >= far)
    return llr;
  if (llr < -far)
    return 0;
  auto at = (llr + far) * steps_per_unit;
  auto i = static_cast<std::size_t>(at);
  auto part = at - static_cast<double>(i);
  return table[i] + part * (table[i + 1] - table[i]);
}

bool earlier(const hypothesis& a, const hypothesis& b) noexcept {
  return a.t < b.t || (a.t == b.t && a.first < b.first);
}

double fresh_llr(const block& b, const observation& r) noexcept {
  const auto& s = source_of(b, r);
  auto label = r.has_kind ? s.log_marginal[r.kind] : 0.0;
  auto others = b.expected(r.t) & ~(1u << r.src);
  return b.with->log_rate + s.log_detect - s.log_false + r.confidence + label
         + silence_of(b, others);
}

hypothesis fresh(const block& b, const observation& r) noexcept {
  hypothesis h;
  h.t = r.t;
  h.var = r.var;
  h.expected = b.expected(r.t);
  h.silence = silence_of(b, h.expected & ~(1u << r.src));
  h.llr = fresh_llr(b, r);
  std::fill_n(h.kind.begin(), b.with->kinds,
              1 / static_cast<double>(b.with->kinds));
  add_member(h, r, h.llr - h.silence);
  see(b, h, r);
  return h;
}

double gain(const block& b, const hypothesis& h,
            const observation& r) noexcept {
  const auto& s = source_of(b, r);
  auto var = r.var + h.var;
  auto off = r.t - h.t;
  double ratio = 1;
  if (r.has_kind)
    ratio *= label_ratio(s, h, b.with->kinds, r.kind);
  if (r.has_corner)
    ratio *= corner_ratio(s, h, r.blue);
  auto silent = (h.expected >> r.src & 1u) != 0 ? s.log_silent : 0.0;
  auto sum = s.log_detect - silent - s.log_false + r.confidence
             - off * off / (2 * var)
             + 0.5 * portable::ln(ratio * ratio / (2 * std::numbers::pi * var));
  return sum * weight_beside(*b.with, r.src, h.used);
}

bool in_gate(const block& b, const hypothesis& h,
             const observation& r) noexcept {
  auto reach = std::abs(r.t - h.t) - r.err;
  auto gate = b.with->gate;
  return reach <= 0 || reach * reach <= gate * gate * (r.var + h.var);
}

void attach(const block& b, hypothesis& h, const observation& r,
            double by) noexcept {
  const auto& s = source_of(b, r);
  if ((h.expected >> r.src & 1u) != 0)
    h.silence -= s.log_silent;
  auto share = h.var / (h.var + r.var);
  h.t += share * (r.t - h.t);
  h.var *= 1 - share;
  h.llr += by;
  see(b, h, r);
  add_member(h, r, by);
}

hypothesis joined(const block& b, const hypothesis& x,
                  const hypothesis& y) noexcept {
  std::array<std::uint8_t, 2 * hypothesis::members_max> all{};
  auto end = std::copy_n(x.members.begin(), x.count, all.begin());
  end = std::copy_n(y.members.begin(), y.count, end);
  std::sort(all.begin(), end, [&](std::uint8_t i, std::uint8_t j) {
    return source_of(b, b.seen[i]).rank < source_of(b, b.seen[j]).rank;
  });
  auto h = fresh(b, b.seen[all[0]]);
  for (auto at = all.begin() + 1; at != end; ++at)
    attach(b, h, b.seen[*at], gain(b, h, b.seen[*at]));
  return h;
}

} // namespace ringside::fusion
