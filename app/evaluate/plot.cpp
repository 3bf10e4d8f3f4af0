#include "app/evaluate/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace ringside::evaluate {

namespace {

constexpr double left = 70;
constexpr double top = 50;
constexpr double side = 420;
constexpr double strip = 70;

template <class... Args>
std::string draw(const char* format, Args... args) {
  char text[400];
  std::snprintf(text, sizeof text, format, args...);
  return text;
}

/// The axes run from one half to one: the favoured side.
double x_of(double p) {
  return left + (p - 0.5) * 2 * side;
}

double y_of(double share) {
  return top + side - (share - 0.4) / 0.6 * side;
}

std::string axes() {
  auto out = draw("<rect x='%.0f' y='%.0f' width='%.0f' height='%.0f' "
                  "fill='none' stroke='#444'/>\n",
                  left, top, side, side);
  for (int i = 5; i <= 10; ++i) {
    auto p = i / 10.0;
    out += draw("<text x='%.1f' y='%.1f' text-anchor='middle'>%.1f</text>\n",
                x_of(p), top + side + strip + 20, p);
    out += draw("<text x='%.1f' y='%.1f' text-anchor='end'>%.1f</text>\n",
                left - 8, y_of(p) + 4, p);
    out += draw("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' "
                "stroke='#ddd'/>\n",
                left, y_of(p), left + side, y_of(p));
  }
  out += draw("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#888' "
              "stroke-dasharray='6 4'/>\n",
              x_of(0.5), y_of(0.5), x_of(1), y_of(1));
  out += draw("<text x='%.0f' y='%.0f' text-anchor='middle'>forecast for the "
              "favoured side</text>\n",
              left + side / 2, top + side + strip + 42);
  return out
         + draw("<text transform='translate(22 %.0f) rotate(-90)' "
                "text-anchor='middle'>share the judges gave it to</text>\n",
                top + side / 2);
}

/// A dot with the 95 % interval of its share (Wilson).
std::string dot(const calibration::reliability_bin& b) {
  constexpr double z = 1.96;
  auto n = static_cast<double>(b.count);
  auto p = b.share_happened;
  auto centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  auto half
    = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  auto x = x_of(b.mean_forecast);
  return draw("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' "
              "stroke='#1f5fa8' stroke-width='2'/>\n",
              x, y_of(std::max(centre - half, 0.4)), x,
              y_of(std::min(centre + half, 1.0)))
         + draw("<circle cx='%.1f' cy='%.1f' r='5' fill='#1f5fa8'/>\n", x,
                y_of(std::max(p, 0.4)));
}

} // namespace

std::string reliability_svg(const measured& m, const std::string& title) {
  std::string out{"<svg xmlns='http://www.w3.org/2000/svg' width='540' "
                  "height='600' viewBox='0 0 540 600' "
                  "font-family='sans-serif' font-size='13'>\n"
                  "<rect width='540' height='600' fill='white'/>\n"};
  out += draw("<text x='%.0f' y='28' font-size='15'>%s: %zu rounds, ECE "
              "%.4f</text>\n",
              left, title.c_str(), m.rounds, m.ece.value);
  out += axes();
  // Bins hold the same number of rounds: the strip shows where they lie.
  for (const auto& b : m.curve)
    out += draw("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' "
                "stroke='#1f5fa8' stroke-width='3'/>\n",
                x_of(b.mean_forecast), top + side + 12, x_of(b.mean_forecast),
                top + side + strip - 16);
  for (const auto& b : m.curve)
    out += dot(b);
  return out + "</svg>\n";
}

} // namespace ringside::evaluate
