#include "domain/wire/card_form.hpp"

#include <array>

namespace ringside::wire {

namespace {

constexpr std::array<std::string_view, 3> picks{"red", "blue", "none"};
constexpr int whole_max = 100;

std::optional<corner> read_pick(field_reader& f, std::string_view key) {
  std::size_t index = 2;
  f.choice(key, picks, index);
  return parse_corner(picks[index]);
}

rules::round_score read_score(field_reader& f, bool tenths) {
  rules::round_score score;
  auto& raw = score.raw;
  auto max = tenths ? whole_max * 10 : whole_max;
  f.integer(tenths ? "red_x10" : "red", raw.red.count, 0, max);
  f.integer(tenths ? "blue_x10" : "blue", raw.blue.count, 0, max);
  if (!tenths)
    for (auto c : both_corners)
      raw[c] = whole_points(raw[c].count);
  return score;
}

error one_form() {
  return refuse(ec::malformed,
                "a card is either red and blue, or red_x10 and blue_x10, or "
                "pick, or criteria",
                "red", "send exactly one of them");
}

} // namespace

bout::card_entry read_card(field_reader& f) {
  bout::card_entry entry;
  // Every name is asked for, so that none of them counts as unknown.
  auto red = f.has("red");
  auto whole = f.has("blue") || red;
  auto red_x10 = f.has("red_x10");
  auto tenths = f.has("blue_x10") || red_x10;
  auto pick = f.has("pick");
  auto criteria = f.has("criteria");
  auto forms = int{whole} + int{tenths} + int{pick || criteria};
  if (forms != 1) {
    if (forms == 0)
      f.fail_missing(one_form());
    else
      f.fail(one_form());
    return entry;
  }
  if (whole || tenths)
    entry.score = read_score(f, tenths);
  if (pick)
    entry.pick = read_pick(f, "pick");
  if (criteria)
    f.criteria("criteria", entry.criteria);
  return entry;
}

json::object criteria_json(const std::vector<bout::criterion_pick>& criteria) {
  json::object all;
  for (const auto& c : criteria)
    all.emplace(c.id, c.winner ? to_string(*c.winner) : picks[2]);
  return all;
}

void write_card(field_writer& f, const bout::card_entry& entry) {
  if (entry.score) {
    const auto& raw = entry.score->raw;
    auto tenths = raw.red.count % 10 != 0 || raw.blue.count % 10 != 0;
    auto unit = tenths ? 1 : 10;
    f.put(tenths ? "red_x10" : "red", raw.red.count / unit);
    f.put(tenths ? "blue_x10" : "blue", raw.blue.count / unit);
    return;
  }
  if (!entry.criteria.empty())
    f.put("criteria", criteria_json(entry.criteria));
  if (entry.pick || entry.criteria.empty())
    f.put("pick", entry.pick ? to_string(*entry.pick) : picks[2]);
}

} // namespace ringside::wire
