#include "net/host_check.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

namespace {

bool all_digits(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 5
         && std::all_of(text.begin(), text.end(),
                        [](char c) { return c >= '0' && c <= '9'; });
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool name_char(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
         || c == '.' || c == ':';
}

} // namespace

std::string host_name(std::string_view host) {
  bool bracketed = host.starts_with('[');
  auto end = bracketed ? host.find(']') : host.find(':');
  auto name
    = host.substr(bracketed ? 1 : 0,
                  end == std::string_view::npos || !bracketed ? end : end - 1);
  if (bracketed && end == std::string_view::npos)
    return {};
  auto rest = end == std::string_view::npos
                ? std::string_view{}
                : host.substr(bracketed ? end + 1 : end);
  if (!rest.empty() && (rest.front() != ':' || !all_digits(rest.substr(1))))
    return {};
  std::string out{name};
  std::transform(out.begin(), out.end(), out.begin(), lower);
  if (!std::all_of(out.begin(), out.end(), name_char))
    return {};
  return out;
}

host_check::host_check(std::set<std::string, std::less<>> names,
                       std::set<std::string, std::less<>> origins, bool secure)
  : names_(std::move(names)), origins_(std::move(origins)),
    scheme_(secure ? "https://" : "http://") {
  // nop
}

bool host_check::host_allowed(std::string_view host,
                              std::string_view local_address) const {
  auto name = host_name(host);
  return !name.empty() && (name == local_address || names_.contains(name));
}

bool host_check::origin_allowed(std::string_view origin,
                                std::string_view host) const {
  if (origins_.contains(origin))
    return true;
  return origin.size() == scheme_.size() + host.size()
         && origin.starts_with(scheme_)
         && origin.substr(scheme_.size()) == host;
}

} // namespace ringside::net
