#include "domain/audit/personal.hpp"

#include "domain/audit/hex.hpp"

#include <algorithm>
#include <utility>

namespace ringside::audit {

namespace {

/// Room for the salt and the names around a payload.
constexpr json::limits file_limits{limits::entry_bytes_max + 256,
                                   limits::entry_depth_max + 1};

error unfit(const entry_fields& entry, std::string_view why) {
  return refuse(ec::corrupt,
                "entry " + std::to_string(entry.seq) + ": " + std::string{why});
}

/// Puts the members of a payload where they belong.
result<unit> join(entry_fields& entry, json::object payload) {
  auto& data = *entry.data.as_object();
  for (auto& [key, member] : payload) {
    if (key == body_digest_member) {
      const auto* text = member.as_string();
      entry.body_digest
        = text != nullptr ? parse_hash_hex(*text) : std::nullopt;
      if (!entry.body_digest)
        return unfit(entry, "its personal part has a bad digest");
    } else if (!data.emplace(key, std::move(member)).second) {
      return unfit(entry, "its personal part repeats '" + key + "'");
    }
  }
  return unit{};
}

} // namespace

std::optional<std::string> personal_complaint(const entry_fields& entry,
                                              const personal_part* personal) {
  if (personal == nullptr)
    return std::nullopt;
  if (entry.cmt.empty())
    return "has a personal part, but commits to none";
  if (commitment(personal->salt, std::string_view{personal->payload})
      != entry.cmt)
    return "its personal part is not the one it commits to";
  return std::nullopt;
}

result<entry_fields> read_entry(std::string_view bytes,
                                const personal_part* personal) {
  auto entry = parse_entry(bytes);
  if (!entry)
    return entry;
  if (auto wrong = personal_complaint(*entry, personal))
    return unfit(*entry, *wrong);
  entry->erased = personal == nullptr && !entry->cmt.empty();
  if (personal == nullptr)
    return entry;
  auto payload = json::parse_canonical(personal->payload, entry_limits);
  auto* members = payload ? payload->as_object() : nullptr;
  if (members == nullptr)
    return unfit(*entry, "its personal part cannot be read");
  if (auto ok = join(*entry, std::move(*members)); !ok)
    return ok.reason();
  return entry;
}

// -- erasing ------------------------------------------------------------------

json::value erased_data(std::uint64_t seq, std::string_view reason) {
  return json::object{{"entry", seq}, {"reason", reason}};
}

std::optional<std::uint64_t> erased_entry(const entry_fields& entry) {
  if (entry.kind != kind_personal_erased || entry.bout != system_bout)
    return std::nullopt;
  const auto* other = entry.data.find("entry");
  const auto* n = other != nullptr ? other->as_int() : nullptr;
  if (n == nullptr || *n < 0)
    return std::nullopt;
  return static_cast<std::uint64_t>(*n);
}

// -- as a file ----------------------------------------------------------------

std::string personal_text(const personal_part& part) {
  return "{\"payload\":" + part.payload + ",\"salt\":\"" + to_hex(part.salt)
         + "\"}";
}

result<personal_part> parse_personal(std::string_view text) {
  auto whole = json::parse_canonical(text, file_limits);
  const auto* members = whole ? whole->as_object() : nullptr;
  const auto* payload = members ? whole->find("payload") : nullptr;
  const auto* salt = members ? whole->find("salt") : nullptr;
  const auto* digits = salt != nullptr ? salt->as_string() : nullptr;
  auto bytes = digits != nullptr ? parse_hex(*digits) : std::nullopt;
  personal_part part;
  if (payload == nullptr || members->size() != 2 || !bytes
      || bytes->size() != part.salt.size())
    return refuse(ec::malformed, "no payload with its salt");
  std::copy(bytes->begin(), bytes->end(), part.salt.begin());
  part.payload = json::to_text(*payload);
  return part;
}

} // namespace ringside::audit
