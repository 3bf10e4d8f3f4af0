#pragma once

#include "domain/audit/hash.hpp"
#include "domain/base/error.hpp"
#include "domain/base/role.hpp"
#include "domain/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ringside::net {

/// Somebody who proved who they are.
struct identity {
  std::string account;
  std::string name;
  ringside::role role = ringside::role::viewer;

  friend bool operator==(const identity&, const identity&) = default;
};

/// SHA-256 of a token. Sessions keep this, never the token and never the
/// rights: they ask again on every message, so a revocation works at once.
using token_digest = audit::hash;

/// Who is behind a token. Called on network threads for every message: it has
/// to be thread-safe and must not wait.
class identity_source {
public:
  virtual ~identity_source() = default;

  /// The identity of a token that is valid at `now`, or nothing.
  virtual std::optional<identity> find(const token_digest& token,
                                       utc_ns now) const = 0;

  /// Why nobody can be known at present, if that is so.
  virtual std::optional<error> trouble() const {
    return std::nullopt;
  }
};

// -- tokens in requests -------------------------------------------------------

/// True for the characters and length of a token (`rsd_s_` + base64url, but
/// any RFC 6750 token of at most 128 characters may be looked up).
bool valid_token(std::string_view token) noexcept;

/// The token of an `Authorization: Bearer ...` value, or nothing.
std::optional<std::string_view>
bearer_token(std::string_view authorization) noexcept;

/// The value of one cookie in a `Cookie` header, or nothing. A name that is
/// there twice counts as absent: somebody is trying to shadow it.
std::optional<std::string_view> cookie_value(std::string_view header,
                                             std::string_view name) noexcept;

token_digest digest_of(std::string_view token) noexcept;

} // namespace ringside::net
