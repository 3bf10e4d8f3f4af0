#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/result.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a replay knows of the world: rounds as published, one row per bout and
/// round, in the columns of FightMetric with the judges' cards. Fighter A is
/// red, fighter B is blue.
namespace ringside::replay {

inline constexpr int judges = 3;

/// A column of the file (without `_a`, `_b`) and its name in the box score of
/// the API.
struct column {
  std::string_view file;
  std::string_view view;
};

/// All columns that must come out as they went in.
inline constexpr std::array<column, 21> count_columns{{
  {"kd", "kd"},
  {"sig_landed", "sig_landed"},
  {"sig_att", "sig_att"},
  {"sig_head_landed", "head_landed"},
  {"sig_head_att", "head_att"},
  {"sig_body_landed", "body_landed"},
  {"sig_body_att", "body_att"},
  {"sig_leg_landed", "leg_landed"},
  {"sig_leg_att", "leg_att"},
  {"sig_distance_landed", "distance_landed"},
  {"sig_distance_att", "distance_att"},
  {"sig_clinch_landed", "clinch_landed"},
  {"sig_clinch_att", "clinch_att"},
  {"sig_ground_landed", "ground_landed"},
  {"sig_ground_att", "ground_att"},
  {"total_landed", "total_landed"},
  {"total_att", "total_att"},
  {"td_landed", "td_landed"},
  {"td_att", "td_att"},
  {"sub_att", "sub_att"},
  {"rev", "rev"},
}};

/// What one fighter did in one round.
struct corner_counts {
  /// By the name in the file.
  std::map<std::string, int, std::less<>> counts;
  /// Empty: not recorded.
  std::optional<int> control_s;
  /// Points the referee took.
  int deducted = 0;

  int of(std::string_view column) const;
};

struct round_record {
  int round = 0;
  int seconds = 0;
  /// True if the bout ended with this round.
  bool last = false;
  per_corner<corner_counts> corners;
  /// As published, deductions included; empty: not published.
  std::array<std::optional<per_corner<int>>, judges> cards;
};

/// The result that was announced.
struct official_result {
  /// As in the file, for example `Decision - Split`.
  std::string method;
  /// `a`, `b` or `draw`; empty: only the method is known.
  std::string winner;
};

struct bout_record {
  std::string id;
  std::string event;
  std::string date;
  std::string location;
  std::string weight_class;
  per_corner<std::string> fighters;
  bool title_bout = false;
  int scheduled_rounds = 0;
  std::array<std::string, judges> judge_names;
  official_result official;
  /// Ascending; rounds without a row are missing.
  std::vector<round_record> rounds;
};

/// The first `most` bouts of a file of rounds, in the order of the file; with
/// the winners of `bouts_file` where that exists. Errors name the row.
result<std::vector<bout_record>>
read_rounds(const std::filesystem::path& rounds_file,
            const std::filesystem::path& bouts_file, std::size_t most);

/// Where the winners are by default: `rounds_x.csv` has `bouts_x.csv` beside
/// it.
std::filesystem::path bouts_file_beside(const std::filesystem::path& rounds);

/// A bout whose announced result contradicts its own cards.
struct source_error {
  std::string recorded;
  std::string derived;
  std::string reason;
};

using source_errors = std::map<std::string, source_error, std::less<>>;

/// Reads the list of known errors of the source: bout_id, recorded, derived,
/// reason.
result<source_errors> read_source_errors(const std::filesystem::path& file);

} // namespace ringside::replay
