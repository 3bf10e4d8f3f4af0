#include "app/config/load_fusion.hpp"

#include "app/config/yaml_file.hpp"

#include <algorithm>

namespace ringside::config {

namespace {

using namespace fusion;

constexpr int million = 1'000'000;

ppm share(yaml_reader& in, const std::string& key) {
  return {in.small(key, 0, million)};
}

void read_settings(yaml_reader& root, fusion_settings& out) {
  out.strike_rate_uhz = root.small("strike_rate_uhz", 1, 100 * million);
  out.gate_milli = root.small("gate_milli", 500, 10'000);
  auto weights = root.section("weights_ppm");
  out.miss_weight = share(weights, "silence");
  out.camera_weight = share(weights, "camera_beside_camera");
  out.vendor_weight = share(weights, "camera_of_same_vendor");
  auto windows = root.section("windows_us");
  out.duplicate_us = windows.small("duplicate", 0, million);
  out.merge_us = windows.small("merge", 0, 2 * million);
  out.settle_us = windows.small("settle", 0, 2 * million);
  out.announce_us = windows.small("announce", 0, million);
  auto thresholds = root.section("thresholds_ppm");
  out.keep = share(thresholds, "keep");
  out.review = share(thresholds, "review");
  out.accept = share(thresholds, "accept");
  out.sure = share(thresholds, "sure");
}

/// What each button stands for; every kind has exactly one.
void read_buttons(yaml_reader& in, const std::vector<std::string>& kinds,
                  int right, source_plan& out) {
  std::vector<kind_index> group_of(kinds.size(), kinds_max);
  in.each("buttons", [&](yaml_reader& button) {
    auto label = static_cast<kind_index>(out.labels.size());
    out.labels.push_back(button.text("label"));
    for (const auto& name : button.texts("kinds")) {
      auto at = std::find(kinds.begin(), kinds.end(), name) - kinds.begin();
      auto kind = static_cast<std::size_t>(at);
      if (kind == kinds.size())
        button.refuse_value("kinds", "names '" + name + "', which is no kind");
      else if (group_of[kind] != kinds_max)
        button.refuse_value("kinds",
                            "names '" + name + "', which has a button already");
      else
        group_of[kind] = label;
    }
  });
  for (std::size_t k = 0; k < kinds.size(); ++k)
    if (group_of[k] == kinds_max)
      in.refuse_value("buttons", "must have one for '" + kinds[k] + "'");
  if (out.labels.size() > kinds_max)
    in.refuse_value("buttons", "must be at most 16");
  if (in.clean())
    out.start.confusion = grouped_confusion(group_of, out.labels.size(), right);
}

source_plan read_source(yaml_reader& in,
                        const std::vector<std::string>& kinds) {
  source_plan out;
  auto& s = out.start;
  out.id = in.text("id");
  s.is = in.name<source_class>("class");
  s.p_d = {in.small("detection_ppm", 10'000, 990'000)};
  s.false_rate_uhz = in.small("false_rate_uhz", 100, 1'000 * million);
  s.sigma_us = in.small("jitter_us", 1'000, 2 * million);
  s.bias_us = in.small("latency_us", -2 * million, 5 * million);
  s.hold_us = in.small("hold_us", 0, 10 * million);
  s.corner_accuracy = {in.small("corner_right_ppm", million / 2, million - 1)};
  auto right = in.small("label_right_ppm", 0, million);
  if (in.has("buttons")) {
    read_buttons(in, kinds, right, out);
  } else {
    out.labels = kinds;
    s.confusion = even_confusion(kinds.size(), right);
  }
  return out;
}

fusion_plan read_plan(yaml_reader& root) {
  fusion_plan out;
  out.id = root.text("id");
  out.version = root.small("version", 1);
  out.title = root.text("title");
  out.strategy = root.text("strategy");
  out.kinds = root.texts("kinds");
  if (out.kinds.empty() || out.kinds.size() > kinds_max)
    root.refuse_value("kinds", "must be 1 to 16 names");
  else
    out.settings.kinds = static_cast<std::uint8_t>(out.kinds.size());
  // Found here too, as a doubled kind has no button of its own.
  auto sorted = out.kinds;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    root.refuse_value("kinds", "names a kind twice");
  read_settings(root, out.settings);
  root.each("sources", [&](yaml_reader& in) {
    out.sources.push_back(read_source(in, out.kinds));
  });
  return out;
}

} // namespace

result<fusion_plan> load_fusion(const std::filesystem::path& path) {
  // Validation runs while the reader lives, to find the line of its field.
  return read_yaml<fusion_plan>(path, [&](yaml_reader& root) {
    auto out = read_plan(root);
    if (root.clean()) {
      if (auto sound = validate(out); !sound)
        root.refuse_field(sound.reason().field, sound.reason().detail);
      if (path.stem() != out.id)
        root.refuse_value("id", "must be the name of the file");
    }
    return out;
  });
}

} // namespace ringside::config
