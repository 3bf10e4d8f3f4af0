#pragma once

#include "app/replay/report.hpp"
#include "app/replay/rounds_file.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace ringside::replay {

struct replay_options {
  std::filesystem::path rounds_file;
  /// Empty: `bouts_...` beside the rounds.
  std::filesystem::path bouts_file;
  /// Known errors of the source; empty: none are known.
  std::filesystem::path source_errors_file;
  std::size_t bouts = std::numeric_limits<std::size_t>::max();
  pace speed;
  /// A running node; empty: one is started in this process.
  std::string url;
  /// Of an admin of that node.
  std::string admin_token;
  /// Where the node of this process keeps its journal; empty: a temporary
  /// directory that is removed afterwards.
  std::filesystem::path data;
};

/// Called after every bout: how many are done, and of how many.
using replay_progress
  = std::function<void(const bout_report&, std::size_t, std::size_t)>;

struct replay_outcome {
  std::vector<bout_report> bouts;
  summary all;
};

/// Replays published rounds through a node, over HTTP and WebSocket like any
/// client, and checks what came out; see README.md. Blocks.
/// @returns an error for input that cannot be used or a node that cannot be
/// reached; whatever goes wrong in a bout is in its report.
result<replay_outcome> replay(const replay_options& options,
                              const replay_progress& progress = {});

} // namespace ringside::replay
