#include "app/config/load_scene.hpp"

#include "app/config/yaml_file.hpp"

namespace ringside::config {

namespace {

using namespace ringside::analytics;

constexpr std::int64_t hour_ms = 3'600'000;

corner read_corner(yaml_reader& in, const std::string& key) {
  auto text = in.text(key);
  auto c = parse_corner(text);
  if (!c)
    in.refuse_value(key, "must be red or blue");
  return c.value_or(corner::red);
}

std::int64_t read_us(yaml_reader& in, const std::string& key) {
  return in.integer(key, 0, hour_ms) * 1'000;
}

std::int64_t optional_us(yaml_reader& in, const std::string& key) {
  return in.has(key) ? read_us(in, key) : 0;
}

scene_action read_action(yaml_reader& in) {
  scene_action a;
  a.at_us = read_us(in, "at_ms");
  a.by = read_corner(in, "corner");
  a.what = in.name<action>("action");
  if (in.has("impact"))
    a.impact = in.name<impact_level>("impact");
  if (in.has("target"))
    a.target = in.name<bout::strike_target>("target");
  a.length_us = optional_us(in, "length_ms");
  a.down_us = optional_us(in, "down_ms");
  return a;
}

scene_hold read_hold(yaml_reader& in) {
  scene_hold h;
  h.start_us = read_us(in, "from_ms");
  h.end_us = read_us(in, "to_ms");
  if (!in.has("corner")) {
    h.position.phase = phase_kind::clinch;
    return h;
  }
  h.position.phase = phase_kind::hold;
  h.position.holder = read_corner(in, "corner");
  h.position.hold = in.name<hold_kind>("hold");
  return h;
}

scene_camera read_camera(yaml_reader& in) {
  scene_camera c;
  c.name = in.text("name");
  c.fps = in.small("fps", 1, 240);
  c.view = {in.small("view_ppm")};
  c.spread_ppm = in.small("spread_ppm");
  c.miss_frame_ppm = in.small("miss_frame_ppm");
  c.spike_ppm = in.small("spike_ppm");
  c.miss_action_ppm = in.small("miss_action_ppm");
  c.confuse_ppm = in.small("confuse_ppm");
  c.misjudge_ppm = in.small("misjudge_ppm");
  c.drop_ppm = in.small("drop_ppm");
  c.jitter_us = in.small("jitter_us");
  c.joint_milli
    = in.has("joint_milli") ? in.small("joint_milli", 0, 1'000) : -1;
  return c;
}

scene_counts read_counts(yaml_reader in) {
  scene_counts n;
  n.strikes = in.small("strikes");
  n.landed = in.small("landed");
  n.takedowns = in.small("takedowns");
  n.submissions = in.small("submissions");
  n.knockdowns = in.small("knockdowns");
  n.control_us = read_us(in, "control_ms");
  return n;
}

scene_file read_scene(yaml_reader& root) {
  scene_file out;
  auto& s = out.scene;
  s.id = root.text("id");
  s.title = root.text("title");
  if (!root.flag("synthetic"))
    root.refuse_value("synthetic", "must be true: scenes are invented");
  s.length_us = read_us(root, "length_ms");
  s.seed = static_cast<std::uint64_t>(root.integer("seed", 1, hour_ms));
  auto counts = root.section("counts");
  for (auto c : both_corners)
    out.counts[c] = read_counts(counts.section(std::string{to_string(c)}));
  root.each("cameras",
            [&](yaml_reader& in) { s.cameras.push_back(read_camera(in)); });
  root.each("holds",
            [&](yaml_reader& in) { s.holds.push_back(read_hold(in)); });
  root.each("actions",
            [&](yaml_reader& in) { s.actions.push_back(read_action(in)); });
  return out;
}

} // namespace

result<scene_file> load_scene(const std::filesystem::path& path) {
  // Validation runs while the reader lives, to find the line of its field.
  return read_yaml<scene_file>(path, [&](yaml_reader& root) {
    auto out = read_scene(root);
    if (root.clean()) {
      if (auto sound = analytics::validate(out.scene); !sound)
        root.refuse_field(sound.reason().field, sound.reason().detail);
      if (path.stem() != out.scene.id)
        root.refuse_value("id", "must be the name of the file");
    }
    return out;
  });
}

std::filesystem::path default_scene_dir() {
  return std::filesystem::path{RINGSIDE_SHARE_DIR} / "config" / "scenes";
}

} // namespace ringside::config
