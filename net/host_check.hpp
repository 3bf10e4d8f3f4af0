#pragma once

#include <set>
#include <string>
#include <string_view>

namespace ringside::net {

/// The part of `Host` before the port, in lower case, without the brackets of
/// an IPv6 address; empty if the value is none that a client may send.
std::string host_name(std::string_view host);

/// Which names and origins this server answers to. A page of another site may
/// resolve its name to our address (DNS rebinding), so a name that is not on
/// the list is refused even though the request reached us.
class host_check {
public:
  host_check(std::set<std::string, std::less<>> names,
             std::set<std::string, std::less<>> origins, bool secure);

  /// @param local_address The address the connection came in at; a client may
  /// always use that literally, since no name can be rebound to it.
  bool host_allowed(std::string_view host,
                    std::string_view local_address) const;

  /// True for an origin of the list and for the server's own, which is the
  /// scheme with exactly this `host` (already checked).
  bool origin_allowed(std::string_view origin, std::string_view host) const;

private:
  std::set<std::string, std::less<>> names_;
  std::set<std::string, std::less<>> origins_;
  std::string scheme_;
};

} // namespace ringside::net
