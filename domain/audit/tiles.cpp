#include "domain/audit/tiles.hpp"

#include "domain/audit/sha256.hpp"
#include "domain/audit/text.hpp"
#include "domain/base/check.hpp"

#include <array>

namespace ringside::audit {

namespace {

constexpr std::string_view root_word = "tile/";
constexpr std::string_view entries_word = "entries";
constexpr std::string_view partial_word = ".p/";

/// Complete subtrees of 256^`level` leaves in a tree of `size` leaves.
std::uint64_t nodes_at(std::uint64_t size, unsigned level) noexcept {
  return level < tile_levels ? size >> (8 * level) : 0;
}

void append_three_digits(std::string& out, std::uint64_t n) {
  out.push_back(static_cast<char>('0' + n / 100 % 10));
  out.push_back(static_cast<char>('0' + n / 10 % 10));
  out.push_back(static_cast<char>('0' + n % 10));
}

void append_index(std::string& out, std::uint64_t index, bool last = true) {
  if (index >= 1'000)
    append_index(out, index / 1'000, false);
  if (!last)
    out.push_back('x');
  append_three_digits(out, index % 1'000);
  if (!last)
    out.push_back('/');
}

/// Takes a word up to the next slash, and the slash, off the front.
std::string_view take_segment(std::string_view& rest) noexcept {
  auto end = rest.find('/');
  auto segment = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return segment;
}

/// Reads `x001/x234/067`. Only checks what keeps the number from overflowing:
/// the caller compares with the one right path.
std::optional<std::uint64_t> parse_index(std::string_view path) noexcept {
  std::uint64_t index = 0;
  for (int groups = 0; groups < 6; ++groups) {
    auto more = path.starts_with('x');
    if (more)
      path.remove_prefix(1);
    auto segment = take_segment(path);
    if (segment.size() != 3)
      return std::nullopt;
    for (auto c : segment) {
      if (c < '0' || c > '9')
        return std::nullopt;
      index = index * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (!more)
      return path.empty() ? std::optional{index} : std::nullopt;
  }
  return std::nullopt;
}

std::optional<tile_id> read_path(std::string_view path) noexcept {
  if (!path.starts_with(root_word))
    return std::nullopt;
  path.remove_prefix(root_word.size());
  tile_id id;
  auto level = take_segment(path);
  if (level != entries_word) {
    auto number = parse_decimal(level);
    if (!number || *number >= tile_levels)
      return std::nullopt;
    id.level = static_cast<unsigned>(*number);
  }
  auto partial = path.find(partial_word);
  if (partial != std::string_view::npos) {
    auto width = parse_decimal(path.substr(partial + partial_word.size()));
    if (!width || *width == 0 || *width >= tile_width)
      return std::nullopt;
    id.width = static_cast<unsigned>(*width);
    path = path.substr(0, partial);
  }
  auto index = parse_index(path);
  if (!index)
    return std::nullopt;
  id.index = *index;
  return id;
}

} // namespace

std::uint64_t full_tiles(std::uint64_t size, unsigned level) noexcept {
  return nodes_at(size, level) / tile_width;
}

unsigned partial_width(std::uint64_t size, unsigned level) noexcept {
  return static_cast<unsigned>(nodes_at(size, level) % tile_width);
}

bool tile_exists(const tile_id& id, std::uint64_t size) noexcept {
  if (id.width == 0 || id.width > tile_width)
    return false;
  auto level = id.level.value_or(0);
  auto full = full_tiles(size, level);
  if (id.index < full)
    return true;
  return id.index == full && id.width <= partial_width(size, level);
}

std::string tile_path(const tile_id& id) {
  std::string path{root_word};
  path += id.level ? std::to_string(*id.level) : std::string{entries_word};
  path += '/';
  append_index(path, id.index);
  if (id.width < tile_width) {
    path += partial_word;
    path += std::to_string(id.width);
  }
  return path;
}

result<tile_id> parse_tile_path(std::string_view path) {
  auto id = read_path(path);
  if (!id || tile_path(*id) != path)
    return refuse(ec::not_found, "no such tile path");
  return *id;
}

result<std::string> tile_bytes(const leaf_log& log, const tile_id& id) {
  if (!id.level || !tile_exists(id, log.size()))
    return refuse(ec::not_found, "no such tile");
  std::string bytes;
  bytes.reserve(id.width * sizeof(hash));
  auto first = id.index * tile_width;
  for (unsigned i = 0; i < id.width; ++i)
    bytes += as_text(log.node(8 * *id.level, first + i));
  return bytes;
}

result<unit> append_to_bundle(std::string& bundle, std::string_view entry) {
  if (entry.size() > bundle_entry_max)
    return refuse(ec::too_large, "an entry of a bundle has at most 65535 "
                                 "bytes");
  bundle.push_back(static_cast<char>(entry.size() >> 8));
  bundle.push_back(static_cast<char>(entry.size() & 0xff));
  bundle.append(entry);
  return unit{};
}

result<std::vector<std::string_view>> parse_bundle(std::string_view bundle) {
  std::vector<std::string_view> entries;
  while (!bundle.empty()) {
    if (bundle.size() < 2 || entries.size() == tile_width)
      return refuse(ec::malformed, "not an entry bundle");
    auto size
      = static_cast<std::size_t>(octets(bundle)[0]) << 8 | octets(bundle)[1];
    bundle.remove_prefix(2);
    if (bundle.size() < size)
      return refuse(ec::malformed, "the entry bundle is cut off");
    entries.push_back(bundle.substr(0, size));
    bundle.remove_prefix(size);
  }
  return entries;
}

} // namespace ringside::audit
