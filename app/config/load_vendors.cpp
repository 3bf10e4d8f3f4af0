#include "app/config/load_vendors.hpp"

#include "app/config/yaml_file.hpp"

#include <algorithm>
#include <utility>

namespace ringside::config {

namespace {

using namespace vendor;

paths read_paths(yaml_reader& in, const std::string& key) {
  return in.has(key) ? in.texts(key) : paths{};
}

void read_fields(yaml_reader in, vendor_mapping& out) {
  out.corner = read_paths(in, "corner");
  out.time = in.texts("time");
  out.error = read_paths(in, "error_us");
  if (out.level == input_level::frames) {
    out.frames.number = in.texts("number");
    out.frames.view = read_paths(in, "view");
    return;
  }
  out.label = in.texts("label");
  out.confidence = read_paths(in, "confidence");
  out.severity = read_paths(in, "severity");
  out.target = read_paths(in, "target");
  out.in_view = read_paths(in, "in_view");
}

void read_time(yaml_reader time, vendor_mapping& out) {
  out.unit = time.name<time_unit>("unit");
  out.clock = time.name<clock_kind>("clock");
  out.err_us = time.small("err_us", 0, 2'000'000);
}

void read_corners(yaml_reader in, vendor_mapping& out) {
  for (auto c : both_corners)
    for (auto& name : in.texts(std::string{to_string(c)}))
      out.corners.push_back({std::move(name), c});
}

void read_events(yaml_reader& root, vendor_mapping& out) {
  auto shares = root.section("shares");
  out.confidence_unit = shares.name<share_unit>("confidence");
  out.severity_unit = shares.name<share_unit>("severity");
  read_corners(root.section("corners"), out);
  root.each("labels", [&](yaml_reader& in) {
    label_row row;
    row.name = in.text("name");
    row.kind = in.text("kind");
    if (in.has("target"))
      row.target = in.name<bout::strike_target>("target");
    out.labels.push_back(std::move(row));
  });
  out.no_strikes = root.texts("no_strikes");
}

// -- pictures -----------------------------------------------------------------

void read_fighters(yaml_reader& root, vendor_mapping& out) {
  auto& f = out.frames;
  if (root.has("fighters")) {
    auto both = root.section("fighters");
    f.red = both.texts("red");
    f.blue = both.texts("blue");
  }
  if (root.has("corners"))
    read_corners(root.section("corners"), out);
  auto one = root.section("fighter");
  f.scores = one.texts("scores");
  f.impact = read_paths(one, "impact");
  f.hold = read_paths(one, "hold");
  f.box = read_paths(one, "box");
  f.joints = read_paths(one, "joints");
  f.flow_x = read_paths(one, "flow_x");
  f.flow_y = read_paths(one, "flow_y");
}

void read_picture(yaml_reader& root, frame_layout& f) {
  auto shares = root.section("shares");
  f.score_unit = shares.name<share_unit>("scores");
  f.joint_unit = shares.name<share_unit>("joints");
  f.view_unit = shares.name<share_unit>("view");
  auto picture = root.section("picture");
  f.unit = picture.name<length_unit>("unit");
  f.boxes = picture.name<box_form>("box");
  f.joint_lists = picture.name<joint_form>("joints");
  if (picture.has("width"))
    f.width = picture.small("width", 1, 100'000);
  if (picture.has("height"))
    f.height = picture.small("height", 1, 100'000);
}

/// A table with a list of names for each word: `heavy: [hard, ko]`.
template <class Row, class Enum>
void read_words(yaml_reader in, Enum Row::*word, std::vector<Row>& out) {
  for (std::size_t i = 0; i < enum_names<Enum>::value.size(); ++i)
    for (auto& name : read_paths(in, std::string{enum_names<Enum>::value[i]})) {
      Row row;
      row.name = std::move(name);
      row.*word = static_cast<Enum>(i);
      out.push_back(std::move(row));
    }
}

void read_frames(yaml_reader& root, vendor_mapping& out) {
  auto& f = out.frames;
  read_fighters(root, out);
  read_picture(root, f);
  root.each("actions", [&](yaml_reader& in) {
    f.actions.push_back(
      {in.text("name"), in.name<analytics::action>("action")});
  });
  f.ignored = root.texts("ignored");
  read_words(root.section("impacts"), &impact_row::level, f.impacts);
  read_words(root.section("holds"), &hold_row::hold, f.holds);
  root.each("kinds", [&](yaml_reader& in) {
    kind_row row;
    row.action = in.name<analytics::action>("action");
    if (in.has("target"))
      row.target = in.name<bout::strike_target>("target");
    row.kind = in.text("kind");
    f.kinds.push_back(std::move(row));
  });
}

vendor_mapping read_mapping(yaml_reader& root) {
  vendor_mapping out;
  out.id = root.text("id");
  out.version = root.small("version", 1);
  out.title = root.text("title");
  out.provenance = root.text("provenance");
  if (root.has("level"))
    out.level = root.name<input_level>("level");
  read_fields(root.section("fields"), out);
  read_time(root.section("time"), out);
  if (out.level == input_level::frames)
    read_frames(root, out);
  else
    read_events(root, out);
  return out;
}

} // namespace

result<vendor_mapping> load_vendor(const std::filesystem::path& path,
                                   std::span<const std::string> kinds) {
  // Validation runs while the reader lives, to find the line of its field.
  return read_yaml<vendor_mapping>(path, [&](yaml_reader& root) {
    auto out = read_mapping(root);
    if (root.clean()) {
      if (auto sound = validate(out, kinds); !sound)
        root.refuse_field(sound.reason().field, sound.reason().detail);
      if (path.stem() != out.id)
        root.refuse_value("id", "must be the name of the file");
    }
    return out;
  });
}

result<std::vector<vendor_mapping>>
load_vendors(const std::filesystem::path& dir,
             std::span<const std::string> kinds) {
  std::vector<std::filesystem::path> files;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator{dir, fault})
    if (entry.path().extension() == ".yaml")
      files.push_back(entry.path());
  if (fault)
    return refuse(ec::io_error, dir.string() + ": " + fault.message());
  if (files.empty())
    return refuse(ec::not_found, dir.string() + ": holds no vendor");
  std::sort(files.begin(), files.end());
  std::vector<vendor_mapping> all;
  std::string problems;
  for (const auto& file : files) {
    auto one = load_vendor(file, kinds);
    if (one)
      all.push_back(std::move(*one));
    else
      problems += (problems.empty() ? "" : "\n") + one.reason().detail;
  }
  if (!problems.empty())
    return refuse(ec::invalid_value, std::move(problems));
  return all;
}

} // namespace ringside::config
