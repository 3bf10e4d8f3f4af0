#include "app/cli/cli.hpp"

#include "domain/audit/json.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace ringside::cli {

namespace {

/// Characters of a progress bar.
constexpr std::size_t bar_width = 30;

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

int fail(const error& reason, bool json) {
  clear_bar();
  if (json)
    std::cout << error_json(reason) << '\n';
  print_error(reason);
  auto usage = reason.code == ec::invalid_value || reason.code == ec::malformed
               || reason.code == ec::too_large;
  return usage ? exit_usage : exit_failed;
}

result<unit> write_file(const std::filesystem::path& file,
                        const std::string& text) {
  std::ofstream out{file, std::ios::binary | std::ios::trunc};
  out << text;
  out.close();
  if (!out)
    return refuse(ec::io_error, "cannot write " + file.string());
  return unit{};
}

bool on_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

void draw_bar(std::uint64_t done, std::uint64_t of, const char* unit) {
  auto full = of > 0 ? bar_width * std::min(done, of) / of : bar_width;
  std::cerr << "\r\033[K[" << std::string(full, '#')
            << std::string(bar_width - full, '.') << "] " << done << " of "
            << of << ' ' << unit << std::flush;
}

void clear_bar() {
  if (on_terminal())
    std::cerr << "\r\033[K" << std::flush;
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
