#include "app/config/load_hybrid.hpp"

#include "app/config/yaml_file.hpp"

namespace ringside::config {

namespace {

namespace hybrid = scoring::hybrid;

hybrid::source_plan read_source(yaml_reader in) {
  hybrid::source_plan plan;
  plan.weight_milli = in.small("weight_milli", 0, 1'000);
  plan.floor = {in.small("floor_ppm")};
  plan.full = {in.small("full_ppm")};
  return plan;
}

hybrid::config read_config(yaml_reader& root) {
  hybrid::config out;
  out.id = root.text("id");
  out.version = root.small("version", 1);
  out.title = root.text("title");
  out.normalise = root.text("normalise");
  for (auto s : hybrid::both_sources)
    out.sources[s] = read_source(root.section(std::string{text_of(s)}));
  out.human_lag_ms = root.small("human_lag_ms", 0, 10'000);
  auto windows = root.section("window_ms");
  for (std::size_t i = 0; i < out.window_ms.size(); ++i) {
    auto name = text_of(static_cast<hybrid::act_class>(i));
    out.window_ms[i] = windows.small(std::string{name}, 0, 10'000);
  }
  return out;
}

} // namespace

result<hybrid::config> load_hybrid(const std::filesystem::path& path) {
  // Validation runs while the reader lives, to find the line of its field.
  return read_yaml<hybrid::config>(path, [&](yaml_reader& root) {
    auto out = read_config(root);
    if (root.clean()) {
      if (auto sound = hybrid::validate(out); !sound)
        root.refuse_field(sound.reason().field, sound.reason().detail);
      if (path.stem() != out.id)
        root.refuse_value("id", "must be the name of the file");
    }
    return out;
  });
}

} // namespace ringside::config
