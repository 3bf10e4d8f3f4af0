#include "app/simulate/parameters_file.hpp"

#include "app/config/node_config.hpp"
#include "app/config/yaml_file.hpp"
#include "domain/synthetic/model.hpp"

#include <limits>

namespace ringside::simulate {

namespace {

using config::yaml_reader;
using namespace synthetic;

constexpr std::int64_t most = 1'000'000'000'000;
constexpr int far = 1'000'000;

std::string key_of(std::size_t i) {
  return std::string{ringside::text_of(static_cast<stat>(i))};
}

// -- reading ------------------------------------------------------------------

void read_table(yaml_reader& in, per_stat<per_stat<std::int32_t>>& into) {
  for (std::size_t i = 0; i < stat_count; ++i) {
    auto row = in.smalls(key_of(i), -far);
    // The lower triangle: up to and with the stat of the row.
    if (row.size() != i + 1) {
      in.refuse_value(key_of(i), "needs " + std::to_string(i + 1) + " numbers");
      continue;
    }
    for (std::size_t j = 0; j <= i; ++j)
      into[i][j] = into[j][i] = row[j];
  }
}

void read_correlations(yaml_reader in, correlations& into) {
  auto own = in.section("own_ppm");
  read_table(own, into.own);
  auto other = in.section("other_ppm");
  read_table(other, into.other);
}

share_margin read_share(yaml_reader in) {
  return {in.small("landed_milli", -far, far),
          in.small("missed_milli", -far, far), in.small("sd_milli", 0, far),
          in.integer("persistence_ppm", 0, 1'000'000)};
}

panel_choice read_choice(yaml_reader in) {
  return {in.small("intercept_milli", -far, far),
          in.small("slope_milli", -far, far), in.small("shared_milli", 0, far)};
}

judge_model read_judges(yaml_reader in) {
  judge_model m;
  m.profile = in.text("profile");
  m.version = in.small("version");
  m.winner = read_choice(in.section("winner"));
  m.wide = read_choice(in.section("wide"));
  m.wider_ppm = in.integer("wider_ppm", 0, 1'000'000);
  m.even_milli = in.small("even_milli");
  return m;
}

control_margin read_control(yaml_reader in) {
  control_margin m;
  m.none_ppm = in.integer("none_ppm", 0, 1'000'000);
  auto knots = in.smalls("knots_s");
  if (knots.size() != knot_count)
    in.refuse_value("knots_s", "needs 21 numbers");
  else
    std::copy(knots.begin(), knots.end(), m.knots_s.begin());
  return m;
}

parameters read_parameters(yaml_reader& in) {
  parameters p;
  p.id = in.text("id");
  p.version = in.small("version", 1);
  p.provenance = in.text("provenance");
  auto counts = in.section("counts");
  for (std::size_t i = 0; i < counted_stats; ++i) {
    auto one = counts.section(key_of(i));
    p.counts[i] = {one.integer("mean_ppm", 0, most),
                   one.integer("variance_ppm", 0, most)};
  }
  p.control = read_control(in.section("control"));
  p.leg = read_share(in.section("leg"));
  p.body = read_share(in.section("body"));
  p.deduction_ppm = in.integer("deduction_ppm", 0, 1'000'000);
  read_correlations(in.section("bout"), p.bout);
  read_correlations(in.section("round"), p.round);
  p.judges = read_judges(in.section("judges"));
  auto finish = in.section("finish");
  p.finish = {finish.integer("round_ppm", 0, 1'000'000),
              finish.integer("knockdown_ppm", 0, 1'000'000),
              finish.integer("submission_ppm", 0, 1'000'000)};
  return p;
}

// -- writing ------------------------------------------------------------------

std::string number(std::int64_t n) {
  return std::to_string(n);
}

/// Words folded to the width of a page under `key: >-`.
std::string folded(const std::string& text) {
  constexpr std::size_t width = 76;
  std::string out;
  std::string line{"  "};
  for (std::size_t from = 0; from < text.size();) {
    auto to = std::min(text.find(' ', from), text.size());
    if (line.size() + to - from > width) {
      out += line + "\n";
      line = "  ";
    }
    line += (line.size() > 2 ? " " : "") + text.substr(from, to - from);
    from = to + 1;
  }
  return out + line + "\n";
}

std::string listed(const std::vector<std::int64_t>& numbers,
                   std::size_t indent) {
  constexpr std::size_t width = 76;
  std::string out{"["};
  auto at = indent + 1;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    auto one = number(numbers[i]) + (i + 1 < numbers.size() ? "," : "]");
    if (i > 0 && at + one.size() + 1 > width) {
      out += "\n" + std::string(indent, ' ');
      at = indent;
    } else if (i > 0) {
      out += " ";
      ++at;
    }
    out += one;
    at += one.size();
  }
  return out;
}

std::string table_text(const per_stat<per_stat<std::int32_t>>& t) {
  std::string out;
  for (std::size_t i = 0; i < stat_count; ++i) {
    auto key = "    " + key_of(i) + ": ";
    std::vector<std::int64_t> row(
      t[i].begin(), t[i].begin() + static_cast<std::ptrdiff_t>(i + 1));
    out += key + listed(row, 6) + "\n";
  }
  return out;
}

std::string correlations_text(const char* key, const correlations& c) {
  return std::string{key} + ":\n  own_ppm:\n" + table_text(c.own)
         + "  other_ppm:\n" + table_text(c.other);
}

std::string share_text(const char* key, const share_margin& m) {
  return std::string{key} + ":\n  landed_milli: " + number(m.landed_milli)
         + "\n  missed_milli: " + number(m.missed_milli)
         + "\n  sd_milli: " + number(m.sd_milli)
         + "\n  persistence_ppm: " + number(m.persistence_ppm) + "\n";
}

std::string choice_text(const char* key, const panel_choice& m) {
  return std::string{"  "} + key
         + ":\n    intercept_milli: " + number(m.intercept_milli)
         + "\n    slope_milli: " + number(m.slope_milli)
         + "\n    shared_milli: " + number(m.shared_milli) + "\n";
}

std::string judges_text(const judge_model& m) {
  return "judges:\n  profile: " + m.profile + "\n  version: "
         + number(m.version) + "\n" + choice_text("winner", m.winner)
         + choice_text("wide", m.wide) + "  wider_ppm: " + number(m.wider_ppm)
         + "\n  even_milli: " + number(m.even_milli) + "\n";
}

std::string counts_text(const parameters& p) {
  std::string out{"counts:\n"};
  for (std::size_t i = 0; i < counted_stats; ++i)
    out += "  " + key_of(i) + ": {mean_ppm: " + number(p.counts[i].mean_ppm)
           + ", variance_ppm: " + number(p.counts[i].variance_ppm) + "}\n";
  return out;
}

} // namespace

result<synthetic::parameters>
load_parameters(const std::filesystem::path& path) {
  return config::read_yaml<parameters>(path, [&](yaml_reader& root) {
    auto p = read_parameters(root);
    if (root.clean()) {
      if (auto sound = model::make(p); !sound)
        root.refuse_field(sound.reason().field, sound.reason().detail);
      if (path.stem() != p.id)
        root.refuse_value("id", "must be the name of the file");
    }
    return p;
  });
}

std::string text_of(const synthetic::parameters& p) {
  std::vector<std::int64_t> knots(p.control.knots_s.begin(),
                                  p.control.knots_s.end());
  return "# What synthetic bouts are drawn from: summaries of many rounds, no"
         "\n# row of any. Written by `ringside fit-synthetic`; see README.md."
         "\nid: "
         + p.id + "\nversion: " + number(p.version) + "\nprovenance: >-\n"
         + folded(p.provenance) + counts_text(p) + "control:\n  none_ppm: "
         + number(p.control.none_ppm) + "\n  knots_s: " + listed(knots, 4)
         + "\n" + share_text("leg", p.leg) + share_text("body", p.body)
         + "deduction_ppm: " + number(p.deduction_ppm) + "\n"
         + judges_text(p.judges)
         + "# Set by hand: the files hold decisions only.\nfinish:\n"
           "  round_ppm: "
         + number(p.finish.round_ppm)
         + "\n  knockdown_ppm: " + number(p.finish.knockdown_ppm)
         + "\n  submission_ppm: " + number(p.finish.submission_ppm) + "\n"
         + correlations_text("bout", p.bout)
         + correlations_text("round", p.round);
}

std::filesystem::path default_parameters() {
  return config::default_node_config().schemas.parent_path() / "config"
         / "synthetic" / "mma.yaml";
}

} // namespace ringside::simulate
