#pragma once

#include "domain/base/enum_text.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ringside {

/// What a person or device is at the fight. Rights follow from the role, the
/// assignment and the state of the bout, checked on every message.
enum class role : std::uint8_t {
  admin,
  supervisor,
  timekeeper,
  operator_,
  judge,
  commission,
  broadcast,
  source,
  viewer,
};

template <>
struct enum_names<role> {
  static constexpr std::array<std::string_view, 9> value{
    "admin",      "supervisor", "timekeeper", "operator", "judge",
    "commission", "broadcast",  "source",     "viewer"};
};

/// Who says something: the account and the role it acts in.
struct issuer {
  ringside::role role = ringside::role::viewer;
  std::string account;

  friend bool operator==(const issuer&, const issuer&) = default;
};

/// `role:account`, as in the `actor` field of a journal entry.
inline std::string to_string(const issuer& who) {
  return std::string{text_of(who.role)} + ":" + who.account;
}

} // namespace ringside
