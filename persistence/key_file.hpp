#pragma once

#include "domain/base/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>

namespace ringside::persistence {

/// The 32-byte Ed25519 seed of a key. The owner wipes it after use.
using key_seed = std::array<std::uint8_t, 32>;

/// Writes a new key file with mode 0600. A key is never overwritten: an
/// existing file is `wrong_state`.
result<unit> write_key_file(const std::filesystem::path& path,
                            const key_seed& seed);

/// Reads a key file: `not_found`; `forbidden` if anybody but the owner may
/// touch it; `corrupt` if it has not exactly 32 bytes.
result<key_seed> read_key_file(const std::filesystem::path& path);

} // namespace ringside::persistence
