#include "app/fit/labelled_rounds.hpp"

#include "app/csv/csv.hpp"
#include "app/fit/row_reader.hpp"

#include <array>
#include <fstream>
#include <set>
#include <unordered_map>

namespace ringside::fit {

namespace {

using scoring::column;

constexpr int judges_max = 3;
constexpr int round_seconds_max = 3'600;

struct split {
  column counted;
  std::string_view name;
};

constexpr std::array<split, 3> targets{{{column::head, "sig_head"},
                                        {column::body, "sig_body"},
                                        {column::leg, "sig_leg"}}};
constexpr std::array<split, 3> positions{{{column::distance, "sig_distance"},
                                          {column::clinch, "sig_clinch"},
                                          {column::ground, "sig_ground"}}};

/// Reads the rows of one file; columns are looked up once.
class rounds_reader {
public:
  explicit rounds_reader(const csv::table& table) : in_(table) {
    // nop
  }

  result<std::vector<labelled_round>> read() {
    std::vector<labelled_round> all;
    all.reserve(in_.rows());
    for (std::size_t i = 0; i < in_.rows(); ++i) {
      in_.select(i);
      all.push_back(read_round());
      check_identity(all.back());
      if (!in_.ok())
        return in_.ok().reason();
    }
    if (all.empty())
      return refuse(ec::invalid_value, "there are no rounds");
    return all;
  }

private:
  labelled_round read_round() {
    labelled_round x;
    x.line = in_.line();
    x.bout = in_.text("bout_id");
    x.event = in_.text_or("event_id", x.bout);
    x.date = in_.date("date");
    x.round = in_.number("round", 1, 30);
    x.last = in_.number_or("last_round", 0, 1, 0) == 1;
    auto seconds
      = in_.number_or("round_seconds", 1, round_seconds_max, round_seconds_max);
    for (auto c : both_corners) {
      auto end = suffix(c);
      read_counts(x.tally.corners[c], end);
      x.deducted[c] = in_.number_or("ded" + end, 0, 10, 0);
    }
    read_control(x, seconds);
    read_cards(x);
    return x;
  }

  static std::string suffix(corner c) {
    return c == corner::red ? "_a" : "_b";
  }

  /// Landed strikes of one split; the rest of the whole is unknown.
  void read_split(scoring::corner_tally& t, std::span<const split> parts,
                  column rest, int whole, const std::string& end) {
    auto sum = 0;
    for (const auto& p : parts) {
      auto name = std::string{p.name} + "_landed" + end;
      t[p.counted] = in_.number(name, 0, row_reader::count_max);
      sum += t[p.counted];
    }
    t[rest] = whole - sum;
    if (sum > whole)
      in_.fail("sig_landed" + end,
               "its parts add up to more: " + std::to_string(sum));
  }

  /// Landed out of attempted.
  std::pair<int, int> read_ratio(const std::string& name,
                                 const std::string& end) {
    auto landed = in_.number(name + "_landed" + end, 0, row_reader::count_max);
    auto tried = in_.number(name + "_att" + end, 0, row_reader::count_max);
    if (landed > tried)
      in_.fail(name + "_landed" + end, "more landed than attempted");
    return {landed, tried};
  }

  void read_counts(scoring::corner_tally& t, const std::string& end) {
    t[column::knockdowns] = in_.number("kd" + end, 0, row_reader::count_max);
    auto [sig, sig_tried] = read_ratio("sig", end);
    auto [all, all_tried] = read_ratio("total", end);
    read_split(t, targets, column::unknown_target, sig, end);
    read_split(t, positions, column::unknown_position, sig, end);
    t[column::significant_missed] = sig_tried - sig;
    t[column::other_landed] = all - sig;
    t[column::other_missed] = all_tried - all - (sig_tried - sig);
    if (all < sig)
      in_.fail("total_landed" + end, "fewer than the significant ones");
    if (t[column::other_missed] < 0)
      in_.fail("total_att" + end, "fewer missed than significant ones missed");
    auto [down, down_tried] = read_ratio("td", end);
    t[column::takedowns] = down;
    t[column::takedowns_failed] = down_tried - down;
    t[column::submissions]
      = in_.number("sub_att" + end, 0, row_reader::count_max);
    t[column::reversals] = in_.number("rev" + end, 0, row_reader::count_max);
  }

  void read_control(labelled_round& x, int seconds) {
    auto total = 0;
    for (auto c : both_corners) {
      auto name = "ctrl_seconds" + suffix(c);
      auto s = in_.optional_number(name, 0, round_seconds_max);
      x.control_known = x.control_known && s.has_value();
      total += s.value_or(0);
      scoring::set_control(x.tally, c, round_ms{s.value_or(0) * 1'000});
      if (total > seconds)
        in_.fail(name, "more control than the round has seconds");
    }
  }

  void read_cards(labelled_round& x) {
    for (int j = 1; j <= judges_max; ++j) {
      auto name = "judge" + std::to_string(j);
      auto a = in_.optional_number(name + "_a", 0, 20);
      auto b = in_.optional_number(name + "_b", 0, 20);
      if (a.has_value() != b.has_value())
        in_.fail(name + (a ? "_b" : "_a"), "half of a card is missing");
      if (a && b)
        x.cards.push_back({in_.text_or(name + "_name", ""),
                           {*a + x.deducted.red, *b + x.deducted.blue}});
    }
  }

  /// A round stands once, and a bout is between two people.
  void check_identity(const labelled_round& x) {
    per_corner<std::string> fighters{in_.text("fighter_a"),
                                     in_.text("fighter_b")};
    if (fighters.red == fighters.blue)
      in_.fail("fighter_b", "is the same as fighter_a");
    auto known = fighters_.emplace(x.bout, fighters).first->second;
    for (auto c : both_corners)
      if (known[c] != fighters[c])
        in_.fail("fighter" + suffix(c), "'" + fighters[c]
                                          + "' is unknown in this bout of "
                                          + known.red + " and " + known.blue);
    if (!seen_.insert(x.bout + "/" + std::to_string(x.round)).second)
      in_.fail("round", "round " + std::to_string(x.round) + " of bout "
                          + x.bout + " stands twice");
  }

  row_reader in_;
  std::unordered_map<std::string, per_corner<std::string>> fighters_;
  std::set<std::string> seen_;
};

} // namespace

int labelled_round::year() const noexcept {
  auto y = 0;
  for (std::size_t i = 0; i < 4 && i < date.size(); ++i)
    y = y * 10 + (date[i] - '0');
  return y;
}

int labelled_round::votes(corner c) const noexcept {
  auto n = 0;
  for (const auto& card : cards)
    n += card.score[c] > card.score[opponent(c)] ? 1 : 0;
  return n;
}

int labelled_round::even_votes() const noexcept {
  return static_cast<int>(cards.size()) - votes(corner::red)
         - votes(corner::blue);
}

std::optional<corner> labelled_round::majority() const noexcept {
  for (auto c : both_corners)
    if (2 * votes(c) > static_cast<int>(cards.size()))
      return c;
  return std::nullopt;
}

int labelled_round::wide_votes(corner c) const noexcept {
  auto n = 0;
  for (const auto& card : cards)
    n += card.score[c] - card.score[opponent(c)] >= 2 ? 1 : 0;
  return n;
}

bool labelled_round::wide_majority() const noexcept {
  auto winner = majority();
  return winner && 2 * wide_votes(*winner) > static_cast<int>(cards.size());
}

bool labelled_round::counts() const noexcept {
  return cards.size() >= 2 && majority().has_value();
}

result<std::vector<labelled_round>>
read_labelled_rounds(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in)
    return refuse(ec::io_error, "cannot read " + file.string());
  auto with_name = [&](error why) {
    why.detail = file.string() + ": " + why.detail;
    return why;
  };
  auto table = csv::read(in);
  if (!table)
    return with_name(table.reason());
  auto rounds = rounds_reader{*table}.read();
  if (!rounds)
    return with_name(rounds.reason());
  return rounds;
}

} // namespace ringside::fit
