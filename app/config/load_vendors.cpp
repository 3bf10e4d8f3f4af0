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
  out.label = in.texts("label");
  out.corner = read_paths(in, "corner");
  out.time = in.texts("time");
  out.error = read_paths(in, "error_us");
  out.confidence = read_paths(in, "confidence");
  out.severity = read_paths(in, "severity");
  out.target = read_paths(in, "target");
  out.in_view = read_paths(in, "in_view");
}

void read_units(yaml_reader& root, vendor_mapping& out) {
  auto time = root.section("time");
  out.unit = time.name<time_unit>("unit");
  out.clock = time.name<clock_kind>("clock");
  out.err_us = time.small("err_us", 0, 2'000'000);
  auto shares = root.section("shares");
  out.confidence_unit = shares.name<share_unit>("confidence");
  out.severity_unit = shares.name<share_unit>("severity");
}

void read_corners(yaml_reader in, vendor_mapping& out) {
  for (auto c : both_corners)
    for (auto& name : in.texts(std::string{to_string(c)}))
      out.corners.push_back({std::move(name), c});
}

void read_labels(yaml_reader& root, vendor_mapping& out) {
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

vendor_mapping read_mapping(yaml_reader& root) {
  vendor_mapping out;
  out.id = root.text("id");
  out.version = root.small("version", 1);
  out.title = root.text("title");
  out.provenance = root.text("provenance");
  read_fields(root.section("fields"), out);
  read_units(root, out);
  read_corners(root.section("corners"), out);
  read_labels(root, out);
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
