#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "domain/bout/command.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// How commands look in JSON. Requests are read strictly; see `field_reader`
/// for which error means what.
namespace ringside::wire {

/// When the client says it happened, on its own clock.
struct device_time {
  /// Microseconds on the device's monotonic clock.
  std::int64_t device_us = 0;
  /// Which run of that clock: a device that restarts begins a new one.
  std::int64_t generation = 0;

  friend bool operator==(const device_time&, const device_time&) = default;
};

/// A command as it came in. `command.digest` is the SHA-256 of the canonical
/// bytes of the body, `command.public_digest` see `public_digest`;
/// `command.occurred` is empty, because only the session
/// can map `at` to server time.
struct parsed_command {
  bout::command command;
  std::optional<device_time> at;
};

/// Reads the body of one command: {command_id, type, ..., at?}. What a
/// transport adds (`op`, `bout_id`) is taken off before.
result<parsed_command> parse_command(const json::value& body, const issuer& by);

/// Reads the body of `POST /bouts`: {command_id, ruleset, red, blue, ...}.
result<parsed_command> parse_create_bout(const json::value& body,
                                         const issuer& by);

/// The body that is read as this command, for clients of our own: replay,
/// simulation, load. Digest, issuer and `occurred` are not in it.
json::value command_json(const bout::command& c,
                         const std::optional<device_time>& at = std::nullopt);

/// All values of `type`, for schemas and tests.
std::vector<std::string_view> all_command_types();

} // namespace ringside::wire
