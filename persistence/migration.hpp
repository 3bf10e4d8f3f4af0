#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ringside::persistence {

/// One numbered step of a database schema, embedded at build time from
/// `schemas/sql/<engine>/NNNN_name.sql`. Steps are numbered from 1 without
/// gaps and never change once they were applied somewhere.
struct migration {
  std::uint32_t number = 0;
  std::string_view name;
  /// SHA-256 of the file, 64 hex digits.
  std::string_view sha256;
  std::string_view sql;
};

} // namespace ringside::persistence
