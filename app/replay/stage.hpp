#pragma once

#include "app/officials/accounts.hpp"
#include "app/replay/report.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace ringside::replay {

/// Which node the officials of a replay or simulation work at.
struct stage_options {
  /// A running node; empty: one is started in this process.
  std::string url;
  /// Of an admin of that node.
  std::string admin_token;
  /// Where the node of this process keeps its journal; empty: a temporary
  /// directory that is removed afterwards.
  std::filesystem::path data;
};

/// What is done there.
using stage_work = std::function<result<unit>(const officials::place& where,
                                              const officials::token_maker&)>;

/// Runs `work` at the chosen node. A node of this process is started before,
/// stopped afterwards, and its journal verified. Blocks.
/// @returns what `verify` says of the journal; nothing for a node elsewhere.
/// The error of `work`, or why there is no node.
result<std::optional<verdict_on_disk>> on_stage(const stage_options& options,
                                                const stage_work& work);

} // namespace ringside::replay
