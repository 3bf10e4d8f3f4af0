#pragma once

#include "actors/runtime/log_sink.hpp"
#include "domain/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>

/// The subcommands of `ringside`. Each adds its options to the parser and
/// leaves what to run in `action`.
namespace ringside::cli {

/// Exit codes of every subcommand.
inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;

/// What main runs after parsing; gives the exit code.
using action = std::function<int()>;

void add_serve(CLI::App& app, action& chosen);
void add_replay(CLI::App& app, action& chosen);
void add_simulate(CLI::App& app, action& chosen);
void add_fit_synthetic(CLI::App& app, action& chosen);
void add_judges(CLI::App& app, action& chosen);
void add_verify(CLI::App& app, action& chosen);
void add_admin(CLI::App& app, action& chosen);
void add_evaluate(CLI::App& app, action& chosen);
void add_fit(CLI::App& app, action& chosen);
void add_calibrate(CLI::App& app, action& chosen);

/// Prints an error for people: what, where, and what to do about it.
void print_error(const error& reason);

/// Prints an error for people, and with `json` as JSON, too.
/// @returns exit_usage where arguments or what a file says is wrong, else
/// exit_failed.
int fail(const error& reason, bool json);

/// Writes a file anew; `io_error` where that is not possible.
result<unit> write_file(const std::filesystem::path& file,
                        const std::string& text);

/// True if standard error is a terminal, so that progress may be drawn.
bool on_terminal();

/// Draws a progress bar on standard error over the one before.
/// @param unit What is counted, such as "bouts".
void draw_bar(std::uint64_t done, std::uint64_t of, const char* unit);

/// Takes the bar away; nothing where standard error is no terminal.
void clear_bar();

/// Log lines on standard error; `quiet` keeps warnings and worse only.
log_sink stderr_log(bool quiet);

/// `error` as the JSON object of `--json`.
std::string error_json(const error& reason);

} // namespace ringside::cli
