#include "persistence/sqlite/journal_rows.hpp"

#include <cstring>
#include <limits>

namespace ringside::persistence::sqlite {

namespace {

constexpr std::size_t hash_bytes = sizeof(audit::hash);

bool take_frontier(std::string_view bytes, std::vector<audit::hash>& out) {
  if (bytes.size() % hash_bytes != 0)
    return false;
  out.resize(bytes.size() / hash_bytes);
  if (!bytes.empty())
    std::memcpy(out.data(), bytes.data(), bytes.size());
  return true;
}

bool take_personal(const statement& row, audit::personal_part& out) {
  auto salt = row.bytes(5);
  if (salt.size() != out.salt.size())
    return false;
  std::memcpy(out.salt.data(), salt.data(), salt.size());
  out.payload = row.bytes(6);
  return true;
}

} // namespace

bool take_entry(const statement& row, journal_entry& out) {
  out.seq = row.integer(0);
  out.bout = bout_id{std::string{row.text(1)}};
  out.bseq = static_cast<std::uint32_t>(row.integer(2));
  out.bytes = row.bytes(4);
  if (!row.is_null(5) && !take_personal(row, out.personal.emplace()))
    return false;
  return row.integer(2) <= std::numeric_limits<std::uint32_t>::max()
         && take_hash(row, 3, out.leaf);
}

bool take_head(const statement& row, journal_head& out) {
  out.size = row.integer(0);
  return take_hash(row, 1, out.root)
         && take_frontier(row.bytes(2), out.frontier);
}

bool take_tail(const statement& row, bout_tail& out) {
  out.bout = bout_id{std::string{row.text(0)}};
  out.bseq = static_cast<std::uint32_t>(row.integer(1));
  out.seq = row.integer(3);
  return take_hash(row, 2, out.leaf);
}

bool take_checkpoint(const statement& row, checkpoint_row& out) {
  out.size = row.integer(0);
  out.note = row.bytes(2);
  return take_hash(row, 1, out.root);
}

bool take_hash(const statement& row, int column, audit::hash& out) {
  auto bytes = row.bytes(column);
  if (bytes.size() != hash_bytes)
    return false;
  std::memcpy(out.data(), bytes.data(), hash_bytes);
  return true;
}

std::span<const std::uint8_t> flat(const std::vector<audit::hash>& hashes) {
  return {reinterpret_cast<const std::uint8_t*>(hashes.data()),
          hashes.size() * hash_bytes};
}

error damaged(std::string_view what) {
  return refuse(ec::corrupt, "journal: " + std::string{what});
}

error damaged_row(std::string_view doing, std::size_t position) {
  return damaged(std::string{doing} + ": row " + std::to_string(position)
                 + " is damaged or missing");
}

} // namespace ringside::persistence::sqlite
