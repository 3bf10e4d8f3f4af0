#include "app/config/load_normalise.hpp"

#include "app/config/yaml_file.hpp"

namespace ringside::config {

namespace {

namespace norm = scoring::normalise;

norm::curve read_curve(yaml_reader& root, const std::string& key) {
  norm::curve out;
  root.each(key, [&](yaml_reader& in) {
    norm::curve_point point;
    point.at_ppm = in.small("at_ppm");
    point.factor_ppm = in.small("factor_ppm", 0, norm::factor_max_ppm);
    out.push_back(point);
  });
  return out;
}

void read_weights(yaml_reader in, norm::profile& out) {
  for (std::size_t i = 0; i < norm::act_count; ++i) {
    auto row = in.section(std::string{text_of(static_cast<norm::act>(i))});
    out.weights[i].weight_ppm = row.small("weight_ppm");
    out.weights[i].category = row.name<norm::category>("category");
  }
}

void read_caps(yaml_reader in, norm::profile& out) {
  for (std::size_t i = 0; i < norm::category_count; ++i)
    out.cap_ppm[i]
      = in.integer(std::string{text_of(static_cast<norm::category>(i))}, 0,
                   1'000'000'000'000);
}

norm::profile read_normalise(yaml_reader& root) {
  norm::profile out;
  out.id = root.text("id");
  out.version = root.small("version", 1);
  out.title = root.text("title");
  out.provenance = root.text("provenance");
  out.comparison = root.flag("comparison");
  out.severity = read_curve(root, "severity");
  out.confidence = read_curve(root, "confidence");
  read_weights(root.section("weights"), out);
  read_caps(root.section("caps_ppm"), out);
  return out;
}

} // namespace

result<norm::profile> load_normalise(const std::filesystem::path& path) {
  // Validation runs while the reader lives, to find the line of its field.
  return read_yaml<norm::profile>(path, [&](yaml_reader& root) {
    auto out = read_normalise(root);
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
