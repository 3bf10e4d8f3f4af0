#include "bench/load/report.hpp"

#include <sys/utsname.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <thread>
#include <utility>

namespace ringside::load {

namespace {

std::string thousands(std::int64_t n) {
  auto text = std::to_string(n);
  for (auto i = static_cast<int>(text.size()) - 3; i > 0; i -= 3)
    text.insert(static_cast<std::size_t>(i), ",");
  return text;
}

/// `n / scale` with two digits.
std::string fraction(std::int64_t n, std::int64_t scale) {
  auto hundredths = (n * 100 + scale / 2) / scale;
  auto rest = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (rest.size() < 2 ? "0" : "")
         + rest;
}

std::string shown(std::int64_t n, unit_of unit) {
  switch (unit) {
  case unit_of::per_second:
    return thousands(n) + "/s";
  case unit_of::bytes:
    return fraction(n, 1'024) + " KiB";
  case unit_of::nanoseconds:
    break;
  }
  return n < 1'000'000 ? fraction(n, 1'000) + " us"
                       : fraction(n, 1'000'000) + " ms";
}

std::string ratio(const row& r) {
  return r.limit > 0 ? fraction(r.value, r.limit) : "";
}

bool met(const row& r) {
  return r.unit == unit_of::per_second ? r.value >= *r.aim : r.value <= *r.aim;
}

std::string aim_text(const row& r) {
  if (!r.aim)
    return "";
  auto sign = r.unit == unit_of::per_second ? ">= " : "<= ";
  return sign + shown(*r.aim, r.unit) + (met(r) ? " met" : " MISSED");
}

std::string_view name_of(unit_of unit) {
  switch (unit) {
  case unit_of::per_second:
    return "per_second";
  case unit_of::bytes:
    return "bytes";
  case unit_of::nanoseconds:
    break;
  }
  return "ns";
}

// -- the machine --------------------------------------------------------------

std::string cpu_model() {
  std::ifstream file{"/proc/cpuinfo"};
  std::string line;
  while (std::getline(file, line))
    if (line.starts_with("model name"))
      return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string kernel() {
  utsname u{};
  ::uname(&u);
  return std::string{u.sysname} + " " + u.release;
}

std::string commit() {
  std::array<char, 64> text{};
  auto* pipe = ::popen("git describe --always --dirty 2>/dev/null", "r");
  if (pipe == nullptr)
    return "unknown";
  auto n = std::fread(text.data(), 1, text.size(), pipe);
  ::pclose(pipe);
  return n > 1 ? std::string{text.data(), n - 1} : "unknown";
}

std::string today() {
  auto now = std::time(nullptr);
  std::tm t{};
  ::gmtime_r(&now, &t);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &t);
  return text.data();
}

json::object machine() {
  return {{"cpu", cpu_model()},
          {"cores", std::thread::hardware_concurrency()},
          {"kernel", kernel()},
          {"commit", commit()},
          {"date", today()}};
}

json::value row_json(const row& r) {
  json::object o{{"id", r.id},
                 {"what", r.what},
                 {"unit", name_of(r.unit)},
                 {"value", r.value}};
  if (r.limit > 0) {
    o["limit"] = r.limit;
    o["limit_what"] = r.limit_what;
    o["ratio_x100"] = r.value * 100 / r.limit;
  }
  if (r.aim) {
    o["aim"] = *r.aim;
    o["met"] = met(r);
  }
  return o;
}

} // namespace

void report::add(row r) {
  say(r.what + ": " + shown(r.value, r.unit)
      + (r.limit > 0 ? " (" + r.limit_what + " " + shown(r.limit, r.unit) + ")"
                     : ""));
  rows_.push_back(std::move(r));
}

void report::say(const std::string& line) const {
  std::cerr << line << std::endl;
}

void report::markdown(std::ostream& out, const std::string& command) const {
  auto m = machine();
  for (const auto* key : {"cpu", "kernel", "commit", "date"})
    out << "- " << key << ": " << *m[key].as_string() << '\n';
  out << "- cores: " << *m["cores"].as_int() << ", shared with the generator\n"
      << "- command: `" << command << "`\n\n"
      << "| measure | value | limit in the same run | ratio | aim |\n"
      << "|---|---|---|---|---|\n";
  for (const auto& r : rows_)
    out << "| " << r.what << " | " << shown(r.value, r.unit) << " | "
        << (r.limit > 0 ? shown(r.limit, r.unit) + " " + r.limit_what : "")
        << " | " << ratio(r) << " | " << aim_text(r) << " |\n";
}

json::value report::to_json(const std::string& command) const {
  auto all = machine();
  all["command"] = command;
  json::array list;
  for (const auto& r : rows_)
    list.push_back(row_json(r));
  all["rows"] = std::move(list);
  return all;
}

} // namespace ringside::load
