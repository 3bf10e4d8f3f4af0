#pragma once

#include "domain/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ringside::config {

/// Commands per second of one connection, and how many at once.
struct rate_config {
  int per_second = 0;
  int burst = 0;
};

/// Everything an operator of a node can set. `config/ringside.yaml` lists every
/// key with its default; an unknown key refuses the start.
struct node_config {
  // -- network ----------------------------------------------------------------

  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  /// PEM files; both or none. Without them the node speaks plain HTTP.
  std::string tls_certificate;
  std::string tls_key;
  /// Names the node is reached by, beside `localhost` and its address.
  std::vector<std::string> hosts;
  /// Origins of pages that may use the stream, beside the node's own.
  std::vector<std::string> origins;

  // -- data -------------------------------------------------------------------

  std::filesystem::path data = "data/node";
  /// Name of the log: whoever verifies it knows it by this.
  std::string origin = "ringside.example/audit/main";
  std::filesystem::path rulesets;
  /// Scoring profiles.
  std::filesystem::path scoring;
  /// The file that says how the reports of cameras are fused.
  std::filesystem::path fusion;
  /// How the vendors of cameras write.
  std::filesystem::path vendors;
  std::filesystem::path panels;
  std::filesystem::path schemas;

  // -- audiences --------------------------------------------------------------

  /// How far the public board lags behind, milliseconds.
  int board_delay_ms = 0;
  /// Spectators get news about once in this time at most, milliseconds.
  int spectator_round_ms = 15;

  // -- limits -----------------------------------------------------------------

  rate_config judge_rate{20, 40};
  rate_config operator_rate{50, 100};
  rate_config viewer_rate{10, 20};
  /// Equal marks by one person closer together than this, by the times of the
  /// taps, come from a held key and are refused, milliseconds; 0: never. Keys
  /// repeat every 25 to 40 ms, hands tap every 80 and slower.
  int repeat_ms = 60;
  /// Connections in all and from one address.
  int connections = 4'000;
  int connections_per_address = 64;

  // -- machine ----------------------------------------------------------------

  /// Worker threads; 0: one less than the machine has, at least 2.
  int threads = 0;
};

/// Reads a configuration file. `invalid_value` with file, line and the nearest
/// known key for everything that is wrong.
result<node_config> load_node_config(const std::filesystem::path& file);

/// The defaults, with the directories of this installation.
node_config default_node_config();

/// The errors of published results that come with the program.
std::filesystem::path known_errors_file();

} // namespace ringside::config
