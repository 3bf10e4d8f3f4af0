#include "net/reply.hpp"

#include "net/problem.hpp"

#include <array>
#include <ctime>
#include <utility>

namespace ringside::net {

namespace {

/// Style attributes are what charts need; scripts come from files only.
constexpr std::string_view common_headers
  = "Content-Security-Policy: default-src 'self'; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; connect-src 'self'; "
    "img-src 'self' data:; style-src 'self' 'unsafe-inline'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

constexpr std::string_view transport_security
  = "Strict-Transport-Security: max-age=31536000\r\n";

void append_field(std::string& out, std::string_view name,
                  std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

bool has_header(const reply& what, std::string_view name) {
  for (const auto& [key, value] : what.headers)
    if (key == name)
      return true;
  return false;
}

} // namespace

reply json_reply(std::string text, unsigned status) {
  reply out;
  out.status = status;
  out.body = std::make_shared<const std::string>(std::move(text));
  return out;
}

reply problem_reply(const error& why, unsigned status) {
  if (status == 0)
    status = status_of(why.code);
  auto out = json_reply(problem_json(status, why), status);
  out.content_type = "application/problem+json";
  if (status == 401)
    out.headers.emplace_back("WWW-Authenticate", "Bearer");
  return out;
}

reply retry_later(const error& why, std::int64_t seconds) {
  auto out = problem_reply(why);
  out.headers.emplace_back("Retry-After", std::to_string(seconds));
  return out;
}

std::string header_text(const reply& what, const reply_frame& frame) {
  std::string out;
  out.reserve(800);
  out += "HTTP/1.1 " + std::to_string(what.status) + " ";
  out += phrase_of(what.status);
  out += "\r\n";
  append_field(out, "Date", http_date(frame.now));
  auto bodiless = what.status == 204 || what.status == 304;
  if (what.body && !bodiless)
    append_field(out, "Content-Type", what.content_type);
  if (!bodiless)
    append_field(out, "Content-Length",
                 std::to_string(what.body ? what.body->size() : 0));
  if (!has_header(what, "Cache-Control"))
    append_field(out, "Cache-Control", "no-store");
  append_field(out, "Connection", frame.keep_alive ? "keep-alive" : "close");
  out += common_headers;
  if (frame.secure)
    out += transport_security;
  for (const auto& [name, value] : what.headers)
    append_field(out, name, value);
  out += "\r\n";
  return out;
}

std::string http_date(utc_ns when) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto seconds = static_cast<std::time_t>(when.count / 1'000'000'000);
  std::tm parts{};
  if (gmtime_r(&seconds, &parts) == nullptr)
    return "Thu, 01 Jan 1970 00:00:00 GMT";
  // strftime would follow the locale of the process.
  char buffer[64];
  auto n = std::snprintf(
    buffer, sizeof(buffer), "%s, %02d %s %04d %02d:%02d:%02d GMT",
    days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
    months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
    parts.tm_hour, parts.tm_min, parts.tm_sec);
  return {buffer, static_cast<std::size_t>(n)};
}

} // namespace ringside::net
