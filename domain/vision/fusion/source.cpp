#include "domain/vision/fusion/source.hpp"

#include "domain/vision/fusion/report.hpp"

#include <numeric>
#include <string>

namespace ringside::fusion {

namespace {

constexpr std::int32_t million = 1'000'000;

error wrong(std::size_t source, const char* what) {
  return refuse(ec::invalid_value,
                "source " + std::to_string(source) + ": " + what, what);
}

bool inside(std::int32_t value, std::int32_t low, std::int32_t high) {
  return value >= low && value <= high;
}

bool rows_sum(const std::vector<std::int32_t>& rows, std::size_t kinds) {
  auto labels = rows.size() / kinds;
  for (std::size_t k = 0; k < kinds; ++k) {
    std::int64_t sum = 0;
    for (std::size_t l = 0; l < labels; ++l) {
      auto cell = rows[k * labels + l];
      if (cell < 0)
        return false;
      sum += cell;
    }
    // Rounding of learned rows.
    if (sum < million - 100 || sum > million + 100)
      return false;
  }
  return true;
}

result<unit> check_one(const source_parameters& s, std::size_t index,
                       std::size_t kinds) {
  if (!inside(s.p_d.count, 10'000, 990'000))
    return wrong(index, "p_d");
  if (!inside(s.false_rate_uhz, 100, 1'000 * million))
    return wrong(index, "false_rate_uhz");
  if (!inside(s.sigma_us, 1'000, 2 * million))
    return wrong(index, "sigma_us");
  if (!inside(s.bias_us, -2 * million, 5 * million))
    return wrong(index, "bias_us");
  if (!inside(s.hold_us, 0, 10 * million))
    return wrong(index, "hold_us");
  if (!inside(s.corner_accuracy.count, million / 2, million - 1))
    return wrong(index, "corner_accuracy");
  auto cells = s.confusion.size();
  if (cells < kinds || cells % kinds != 0 || cells / kinds > kinds_max
      || !rows_sum(s.confusion, kinds))
    return wrong(index, "confusion");
  return unit{};
}

} // namespace

std::vector<std::int32_t> even_confusion(std::size_t kinds,
                                         std::int32_t diagonal) {
  std::vector<std::int32_t> cells(kinds * kinds, 0);
  for (std::size_t k = 0; k < kinds; ++k) {
    auto others = static_cast<std::int32_t>(kinds) - 1;
    auto each = others > 0 ? (million - diagonal) / others : 0;
    for (std::size_t l = 0; l < kinds; ++l)
      cells[k * kinds + l] = k == l ? million - each * others : each;
  }
  return cells;
}

source_parameters new_camera(std::size_t kinds) {
  source_parameters s;
  s.confusion = even_confusion(kinds, 750'000);
  return s;
}

source_parameters new_human(std::size_t kinds) {
  source_parameters s;
  s.is = source_class::human;
  s.p_d = {650'000};
  s.false_rate_uhz = 50'000;
  s.sigma_us = 110'000;
  s.bias_us = 300'000;
  s.hold_us = 100'000;
  s.confusion = even_confusion(kinds, 600'000);
  return s;
}

result<unit> check(const source_table& sources, std::size_t kinds) {
  if (kinds == 0 || kinds > kinds_max)
    return refuse(ec::invalid_value, "between 1 and 16 kinds", "kinds");
  if (sources.empty() || sources.size() > sources_max)
    return refuse(ec::invalid_value, "between 1 and 32 sources", "sources");
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (auto fine = check_one(sources[i], i, kinds); !fine)
      return fine;
  return unit{};
}

} // namespace ringside::fusion
