#pragma once

#include "domain/base/limits.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::net {

/// How often somebody may ask: a bucket of `burst` that fills with
/// `per_second`.
struct rate {
  int per_second = 0;
  int burst = 0;
};

/// Deadlines, sizes and rates of the network room (security reference 5, 6).
struct net_limits {
  using ms = std::chrono::milliseconds;

  // -- deadlines --------------------------------------------------------------

  ms tls_handshake{5'000};
  /// From the first byte of a request (the opening of a connection, for its
  /// first one) to the end of its header.
  ms header{5'000};
  ms body{10'000};
  /// Between two requests of one connection.
  ms idle{20'000};
  ms write{10'000};
  ms ws_handshake{5'000};
  /// A silent peer is pinged at half of it and gone after it.
  ms ws_idle{20'000};
  /// A command without answer is sent once more after this ...
  ms command_resend{1'000};
  /// ... and given up after this.
  ms command_timeout{5'000};
  ms query_timeout{2'000};
  /// An evidence bundle is read, proved and packed.
  ms bundle_timeout{30'000};
  ms heartbeat{1'000};
  /// How long open sessions may take to say goodbye.
  ms stop_grace{2'000};

  // -- sizes ------------------------------------------------------------------

  std::size_t header_bytes = 8 * 1024;
  std::size_t body_bytes = limits::source_bytes_max;
  std::size_t requests_per_connection = 1'000;
  std::size_t connections = limits::connections_max;
  std::size_t connections_per_address = limits::connections_per_address_max;
  std::size_t official_queue = limits::session_queue_max;
  std::size_t official_queue_bytes = limits::session_queue_bytes_max;
  /// The frames of viewers are shared, so the bytes bound a window, not a sum.
  std::size_t viewer_queue = 64;
  std::size_t viewer_queue_bytes = 256 * 1024;
  int viewer_send_buffer = 32 * 1024;
  /// Sessions served before other work of the thread gets its turn.
  std::size_t fan_out_chunk = 128;

  // -- rates ------------------------------------------------------------------

  rate judge{20, 40};
  rate operators{50, 100};
  rate viewer{10, 20};
  /// Requests that change something, per address, over HTTP.
  rate http_writes{100, 200};
  /// Wrong tokens and claims, per address; slow on purpose.
  rate failures{1, 20};
};

/// Where the PEM files of the certificate chain and of its key are.
struct tls_files {
  std::string certificate;
  std::string key;
};

/// One file of the panels, held in memory.
struct static_file {
  std::string content_type;
  std::shared_ptr<const std::string> body;
  /// With quotes, as it stands in the header.
  std::string etag;
  /// The name changes with the content, so that it may be kept for ever.
  bool immutable = false;
};

/// What a server has to know. Callbacks are called on a network thread, have
/// to be quick and must not throw.
struct server_options {
  std::string address = "127.0.0.1";
  /// 0: any free port; `server::port` tells which.
  std::uint16_t port = 0;
  std::optional<tls_files> tls;
  /// Host names beside `localhost` and the bound address.
  std::vector<std::string> hosts;
  /// Origins beside the server's own, for example `https://venue.example`.
  std::vector<std::string> origins;
  /// Takes session cookies over plain http from other machines, too. Only for
  /// a reverse proxy or container bridge on the same host.
  bool plain_cookies = false;
  net_limits limits;

  // -- clocks -----------------------------------------------------------------

  /// The node's timeline.
  std::function<mono_us()> clock;
  std::function<utc_ns()> wall_clock;

  // -- content ----------------------------------------------------------------

  /// Prometheus text of the rest of the node.
  std::function<std::string()> metrics;
  /// JSON of all rule sets.
  std::function<std::string()> rulesets;
  /// JSON of one, or nothing.
  std::function<std::optional<std::string>(std::string_view)> ruleset;
  std::string openapi_json;
  std::string asyncapi_json;
  /// By path: `/`, `/assets/app.js`, ...
  std::map<std::string, static_file, std::less<>> files;
};

} // namespace ringside::net
