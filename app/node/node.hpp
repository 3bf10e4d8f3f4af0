#pragma once

#include "actors/runtime/log_sink.hpp"
#include "app/config/node_config.hpp"
#include "app/node/disk_world.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace ringside {

/// One running node: disk, actors and network, started in that order and
/// stopped in reverse. Owned by main.
class node {
public:
  struct parts;

  /// Starts a node. Errors say what to do; a journal that does not verify is
  /// an alarm and read-only mode, not an error.
  static result<std::unique_ptr<node>>
  start(const config::node_config& config, const log_sink& log,
        const disk_progress& progress = {});

  /// Stops it if that did not happen yet.
  ~node();

  node(const node&) = delete;
  node& operator=(const node&) = delete;

  /// `http://127.0.0.1:8080`
  std::string url() const;

  std::uint16_t port() const noexcept;

  /// The one-time code for the first admin; empty if there is an admin.
  const std::string& admin_code() const noexcept;

  /// What the check of the journal found at the start.
  const audit::verify_report& report() const noexcept;

  /// A token for an account made on the spot; for the demo and the replay
  /// that run inside this process.
  result<std::string> make_token(const std::string& name, role who);

  /// Ends sessions, then actors, then closes the disk. Blocks.
  void stop();

private:
  explicit node(std::unique_ptr<parts> p);

  std::unique_ptr<parts> parts_;
};

} // namespace ringside
