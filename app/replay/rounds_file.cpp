#include "app/replay/rounds_file.hpp"

#include "app/csv/csv.hpp"

#include <charconv>
#include <fstream>
#include <utility>

namespace ringside::replay {

namespace {

constexpr int count_max = 2'000;
constexpr int round_seconds_max = 3'600;

result<csv::table> read_table(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in)
    return refuse(ec::io_error, "cannot read " + file.string());
  auto table = csv::read(in);
  if (!table) {
    auto why = table.reason();
    why.detail = file.string() + ": " + why.detail;
    return why;
  }
  return table;
}

/// Reads one row and keeps the first thing that is wrong.
class row_reader {
public:
  row_reader(const csv::table& table, std::size_t row)
    : table_(table), row_(row) {
    // nop
  }

  const std::string& text(std::string_view name) {
    static const std::string none;
    const auto* found = table_.find(row_, name);
    if (found == nullptr)
      fail(name, "the column is missing");
    return found != nullptr ? *found : none;
  }

  std::optional<int> optional_number(std::string_view name, int most) {
    const auto& digits = text(name);
    if (digits.empty())
      return std::nullopt;
    int n = 0;
    auto [end, code]
      = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    if (code != std::errc{} || end != digits.data() + digits.size() || n < 0
        || n > most)
      fail(name,
           "'" + digits + "' is not a number of 0 to " + std::to_string(most));
    return n;
  }

  int number(std::string_view name, int most) {
    auto n = optional_number(name, most);
    if (!n)
      fail(name, "the field is empty");
    return n.value_or(0);
  }

  void fail(std::string_view name, const std::string& why) {
    if (ok_)
      ok_ = refuse(ec::invalid_value,
                   "row " + std::to_string(row_ + 2) + ", column "
                     + std::string{name} + ": " + why,
                   std::string{name});
  }

  const result<unit>& ok() const noexcept {
    return ok_;
  }

private:
  const csv::table& table_;
  std::size_t row_;
  result<unit> ok_{unit{}};
};

std::string suffix(corner c) {
  return c == corner::red ? "_a" : "_b";
}

/// The splits of the significant strikes and what contains them must fit.
void check_sums(row_reader& r, const corner_counts& x, const std::string& end) {
  for (const std::string kind : {"_landed", "_att"}) {
    auto sum = [&](std::initializer_list<std::string_view> parts) {
      int n = 0;
      for (auto part : parts)
        n += x.of("sig_" + std::string{part} + kind);
      return n;
    };
    auto all = x.of("sig" + kind);
    if (sum({"head", "body", "leg"}) != all)
      r.fail("sig" + kind + end, "the targets do not add up to it");
    if (sum({"distance", "clinch", "ground"}) != all)
      r.fail("sig" + kind + end, "the positions do not add up to it");
    if (x.of("total" + kind) < all)
      r.fail("total" + kind + end, "fewer than the significant ones");
  }
  for (const std::string kind :
       {"sig", "sig_head", "sig_body", "sig_leg", "sig_distance", "sig_clinch",
        "sig_ground", "total", "td"})
    if (x.of(kind + "_landed") > x.of(kind + "_att"))
      r.fail(kind + "_landed" + end, "more landed than attempted");
  if (x.of("total_att") - x.of("total_landed")
      < x.of("sig_att") - x.of("sig_landed"))
    r.fail("total_att" + end, "fewer missed than significant ones missed");
}

corner_counts read_corner(row_reader& r, corner c) {
  corner_counts x;
  for (const auto& column : count_columns)
    x.counts[std::string{column.file}]
      = r.number(std::string{column.file} + suffix(c), count_max);
  x.control_s
    = r.optional_number("ctrl_seconds" + suffix(c), round_seconds_max);
  x.deducted = r.number("ded" + suffix(c), 10);
  if (r.ok())
    check_sums(r, x, suffix(c));
  return x;
}

std::optional<per_corner<int>> read_card(row_reader& r, int judge) {
  auto name = "judge" + std::to_string(judge);
  auto a = r.optional_number(name + "_a", 20);
  auto b = r.optional_number(name + "_b", 20);
  if (!a || !b)
    return std::nullopt;
  return per_corner<int>{*a, *b};
}

round_record read_round(row_reader& r) {
  round_record x;
  x.round = r.number("round", 30);
  x.seconds = r.number("round_seconds", round_seconds_max);
  x.last = r.number("last_round", 1) == 1;
  for (auto c : both_corners)
    x.corners[c] = read_corner(r, c);
  if (x.corners.red.control_s.value_or(0) + x.corners.blue.control_s.value_or(0)
      > x.seconds)
    r.fail("ctrl_seconds_a", "more control than the round has seconds");
  for (auto j = 0; j < judges; ++j)
    x.cards[static_cast<std::size_t>(j)] = read_card(r, j + 1);
  return x;
}

bout_record read_bout(row_reader& r) {
  bout_record x;
  x.id = r.text("bout_id");
  x.event = r.text("event");
  x.date = r.text("date");
  x.location = r.text("location");
  x.weight_class = r.text("weight_class");
  x.fighters = {r.text("fighter_a"), r.text("fighter_b")};
  x.title_bout = r.number("title_bout", 1) == 1;
  x.scheduled_rounds = r.number("scheduled_rounds", 30);
  x.official.method = r.text("method");
  for (auto j = 0; j < judges; ++j)
    x.judge_names[static_cast<std::size_t>(j)]
      = r.text("judge" + std::to_string(j + 1) + "_name");
  return x;
}

result<unit> read_winners(const std::filesystem::path& file,
                          std::vector<bout_record>& bouts) {
  auto table = read_table(file);
  if (!table)
    return table.reason();
  std::map<std::string, official_result, std::less<>> known;
  for (std::size_t i = 0; i < table->rows(); ++i) {
    row_reader r{*table, i};
    official_result x{r.text("method"), r.text("winner")};
    known[r.text("bout_id")] = std::move(x);
    if (!r.ok())
      return r.ok().reason();
  }
  for (auto& b : bouts)
    if (auto found = known.find(b.id); found != known.end())
      b.official = found->second;
  return unit{};
}

} // namespace

int corner_counts::of(std::string_view column) const {
  auto found = counts.find(column);
  return found != counts.end() ? found->second : 0;
}

std::filesystem::path bouts_file_beside(const std::filesystem::path& rounds) {
  auto name = rounds.filename().string();
  constexpr std::string_view prefix = "rounds";
  if (name.substr(0, prefix.size()) == prefix)
    name.replace(0, prefix.size(), "bouts");
  else
    name = "bouts_" + name;
  return rounds.parent_path() / name;
}

result<std::vector<bout_record>>
read_rounds(const std::filesystem::path& rounds_file,
            const std::filesystem::path& bouts_file, std::size_t most) {
  auto table = read_table(rounds_file);
  if (!table)
    return table.reason();
  std::vector<bout_record> bouts;
  std::map<std::string, std::size_t, std::less<>> place;
  for (std::size_t i = 0; i < table->rows(); ++i) {
    row_reader r{*table, i};
    const auto& id = r.text("bout_id");
    if (r.ok() && id.empty())
      r.fail("bout_id", "the field is empty");
    if (!r.ok())
      return r.ok().reason();
    auto known = place.find(id);
    if (known == place.end()) {
      if (bouts.size() >= most)
        continue;
      known = place.emplace(id, bouts.size()).first;
      bouts.push_back(read_bout(r));
    }
    auto& bout = bouts[known->second];
    auto round = read_round(r);
    if (!bout.rounds.empty() && round.round <= bout.rounds.back().round)
      r.fail("round", "rounds of a bout must ascend");
    bout.rounds.push_back(std::move(round));
    if (!r.ok())
      return r.ok().reason();
  }
  if (bouts.empty())
    return refuse(ec::invalid_value, rounds_file.string() + " has no rounds");
  if (std::filesystem::exists(bouts_file))
    if (auto ok = read_winners(bouts_file, bouts); !ok)
      return ok.reason();
  return bouts;
}

result<source_errors> read_source_errors(const std::filesystem::path& file) {
  auto table = read_table(file);
  if (!table)
    return table.reason();
  source_errors all;
  for (std::size_t i = 0; i < table->rows(); ++i) {
    row_reader r{*table, i};
    source_error x{r.text("recorded"), r.text("derived"), r.text("reason")};
    all[r.text("bout_id")] = std::move(x);
    if (!r.ok())
      return r.ok().reason();
  }
  return all;
}

} // namespace ringside::replay
