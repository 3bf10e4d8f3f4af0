#include "app/cli/cli.hpp"

#include "domain/audit/json.hpp"

#include <iostream>
#include <memory>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace ringside::cli {

namespace {

spdlog::level::level_enum level_of(severity s) {
  switch (s) {
  case severity::debug:
    return spdlog::level::debug;
  case severity::info:
    return spdlog::level::info;
  case severity::warning:
    return spdlog::level::warn;
  case severity::error:
    return spdlog::level::err;
  case severity::alarm:
    return spdlog::level::critical;
  }
  return spdlog::level::err;
}

} // namespace

void print_error(const error& reason) {
  std::cerr << "ringside: " << reason.detail;
  if (!reason.field.empty())
    std::cerr << " (" << reason.field << ")";
  std::cerr << '\n';
  if (!reason.hint.empty())
    std::cerr << "  " << reason.hint << '\n';
}

bool on_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

log_sink stderr_log(bool quiet) {
  auto logger = std::make_shared<spdlog::logger>(
    "ringside", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  logger->set_pattern("%H:%M:%S.%e %^%l%$ %v");
  logger->set_level(quiet ? spdlog::level::warn : spdlog::level::info);
  return [logger](const log_event& line) {
    logger->log(level_of(line.level), "{}: {}", line.actor, line.text);
  };
}

std::string error_json(const error& reason) {
  json::object o;
  o["code"] = to_string(reason.code);
  o["detail"] = reason.detail;
  if (!reason.hint.empty())
    o["hint"] = reason.hint;
  json::object body;
  body["error"] = std::move(o);
  return json::to_text(json::value{std::move(body)});
}

} // namespace ringside::cli
