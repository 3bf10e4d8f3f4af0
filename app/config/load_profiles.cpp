#include "app/config/load_profiles.hpp"

#include "app/config/yaml_file.hpp"

#include <algorithm>

namespace ringside::config {

namespace {

using namespace scoring;

/// `{head: 1, body: 0.7}`; a column that is not named does not count.
std::vector<part> read_parts(yaml_reader in) {
  std::vector<part> parts;
  for (auto name : enum_names<column>::value)
    if (std::string key{name}; in.has(key))
      parts.push_back({*parse_enum<column>(name), in.number(key)});
  return parts;
}

std::vector<term> read_terms(yaml_reader& in) {
  std::vector<term> terms;
  in.each("terms", [&](yaml_reader& item) {
    term t;
    t.id = item.text("id");
    if (item.has("aspect"))
      t.aspect = item.name<aspect>("aspect");
    t.shape = item.name<shape>("shape");
    t.soft = item.has("soft") ? item.number("soft") : 0;
    t.weight = item.number("weight");
    t.parts = read_parts(item.section("counts"));
    terms.push_back(std::move(t));
  });
  return terms;
}

wide_model read_wide(yaml_reader in) {
  wide_model w;
  in.each("eras", [&](yaml_reader& item) {
    auto from = item.has("from") ? item.text("from") : "";
    w.eras.push_back({std::move(from), item.number("intercept")});
  });
  w.step_to_next = in.number("step_to_next");
  w.card_at_ppm = in.small("card_at_ppm");
  w.card_next_at_ppm = in.small("card_next_at_ppm");
  w.terms = read_terms(in);
  return w;
}

fit_plan read_fit(yaml_reader in) {
  fit_plan f;
  f.what = in.name<fitted>("what");
  f.ridge = in.number("ridge");
  f.wide_ridge = in.number("wide_ridge");
  f.half_life_years = in.number("half_life_years");
  f.until = in.has("until") ? in.text("until") : "";
  return f;
}

void read_counting(yaml_reader& in, profile& p) {
  if (p.method != method::technique_count)
    return;
  p.techniques = read_parts(in.section("techniques"));
  in.each("rows", [&](yaml_reader& item) {
    p.rows.push_back({item.small("lead_min"), item.small("steps")});
  });
}

profile read_profile(yaml_reader& in) {
  profile p;
  p.id = in.text("id");
  p.version = in.small("version", 1);
  p.title = in.text("title");
  p.provenance = in.text("provenance");
  p.discipline = in.name<rules::sport>("discipline");
  p.method = in.name<method>("method");
  p.calibration_version = in.small("calibration_version");
  p.scale = in.number("scale");
  p.even_share = in.number("even_share");
  p.even_card_ppm = in.small("even_card_ppm");
  p.close_band_ppm = in.small("close_band_ppm");
  p.fit = read_fit(in.section("fit"));
  read_counting(in, p);
  p.terms = read_terms(in);
  p.wide = read_wide(in.section("wide"));
  return p;
}

} // namespace

result<profile> load_profile(const std::filesystem::path& path) {
  // Validation runs while the reader lives, to find the line of its field.
  return read_yaml<profile>(path, [&](yaml_reader& root) {
    auto p = read_profile(root);
    if (root.clean()) {
      if (auto sound = validate(p); !sound)
        root.refuse_field(sound.reason().field, sound.reason().detail);
      if (path.stem() != p.id)
        root.refuse_value("id", "must be the name of the file");
    }
    return p;
  });
}

result<std::vector<profile>> load_profiles(const std::filesystem::path& dir) {
  std::vector<std::filesystem::path> files;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator{dir, fault})
    if (entry.path().extension() == ".yaml")
      files.push_back(entry.path());
  if (fault)
    return refuse(ec::io_error, dir.string() + ": " + fault.message());
  if (files.empty())
    return refuse(ec::not_found, dir.string() + ": holds no profile");
  std::sort(files.begin(), files.end());
  std::vector<profile> all;
  std::string problems;
  for (const auto& file : files) {
    auto one = load_profile(file);
    if (one)
      all.push_back(std::move(*one));
    else
      problems += (problems.empty() ? "" : "\n") + one.reason().detail;
  }
  if (!problems.empty())
    return refuse(ec::invalid_value, std::move(problems));
  return all;
}

std::filesystem::path default_profile_dir() {
  return std::filesystem::path{RINGSIDE_SHARE_DIR} / "config" / "scoring";
}

} // namespace ringside::config
