#pragma once

#include "app/cli/cli.hpp"
#include "app/feed/timetable.hpp"
#include "app/replay/stage.hpp"

namespace ringside::cli {

/// `ringside simulate --synthetic-cameras N ...`.
struct camera_arguments {
  feed::feed_settings settings;
  replay::stage_options stage;
  /// Times the real speed; 0 was not given.
  double speed = 0;
  bool json = false;
};

/// The exit code.
int run_cameras(const camera_arguments& args);

/// The options of it; `--seed`, `--rounds`, `--speed` and the node are the
/// caller's. @returns the option that chooses it.
CLI::Option* add_camera_options(CLI::App& sub, camera_arguments& args);

} // namespace ringside::cli
