#pragma once

#include "domain/audit/leaf_log.hpp"
#include "domain/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The static read interface of the log (C2SP tlog-tiles): 256 hashes per
/// tile, 256 entries per bundle, paths that never change their content.
namespace ringside::audit {

inline constexpr unsigned tile_width = 256;
/// 8 levels of 8 bits cover every 64-bit size.
inline constexpr unsigned tile_levels = 8;
/// Biggest entry that the u16 length of a bundle can say.
inline constexpr std::size_t bundle_entry_max = 65'535;

/// One tile of hashes, or one bundle of entries.
struct tile_id {
  /// Level of the hashes; empty for a bundle of entries.
  std::optional<unsigned> level;
  std::uint64_t index = 0;
  /// 1 to 256; less than 256 is a partial tile.
  unsigned width = tile_width;

  friend bool operator==(const tile_id&, const tile_id&) = default;
};

/// Number of full tiles at `level` in a tree of `size` leaves.
std::uint64_t full_tiles(std::uint64_t size, unsigned level) noexcept;

/// Width of the partial tile at `level`, 0 if there is none.
unsigned partial_width(std::uint64_t size, unsigned level) noexcept;

/// True if a tree of `size` leaves has this tile, whole or partial.
bool tile_exists(const tile_id& id, std::uint64_t size) noexcept;

/// Path without a leading slash, for example `tile/0/x001/x234/067.p/12` or
/// `tile/entries/000`.
std::string tile_path(const tile_id& id);

/// Reads such a path; anything that `tile_path` would not write is `not_found`.
result<tile_id> parse_tile_path(std::string_view path);

/// The hashes of a tile, 32 bytes each. `not_found` if the log has no such tile
/// yet or `id` is a bundle.
result<std::string> tile_bytes(const leaf_log& log, const tile_id& id);

/// Appends one entry to a bundle; `too_large` beyond 65 535 bytes.
result<unit> append_to_bundle(std::string& bundle, std::string_view entry);

/// The entries of a bundle, as views into it. `malformed` if it is cut off or
/// holds more than 256.
result<std::vector<std::string_view>> parse_bundle(std::string_view bundle);

} // namespace ringside::audit
