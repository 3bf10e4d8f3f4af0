#include "domain/audit/verifier_key.hpp"

#include "domain/audit/base64.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/note.hpp"
#include "domain/audit/sha256.hpp"
#include "domain/audit/text.hpp"

#include <sodium.h>

#include <algorithm>
#include <vector>

namespace ringside::audit {

namespace {

constexpr std::size_t name_size_max = 255;

/// Every character with the Unicode property White_Space beyond the ASCII
/// control characters, in UTF-8.
constexpr std::array<std::string_view, 20> spaces{
  " ",
  "\xc2\x85",
  "\xc2\xa0",
  "\xe1\x9a\x80",
  "\xe2\x80\x80",
  "\xe2\x80\x81",
  "\xe2\x80\x82",
  "\xe2\x80\x83",
  "\xe2\x80\x84",
  "\xe2\x80\x85",
  "\xe2\x80\x86",
  "\xe2\x80\x87",
  "\xe2\x80\x88",
  "\xe2\x80\x89",
  "\xe2\x80\x8a",
  "\xe2\x80\xa8",
  "\xe2\x80\xa9",
  "\xe2\x80\xaf",
  "\xe2\x81\x9f",
  "\xe3\x80\x80",
};

bool control_or_plus(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == '\x7f' || c == '+';
}

std::array<std::uint8_t, 4> id_bytes(std::uint32_t id) noexcept {
  return {static_cast<std::uint8_t>(id >> 24),
          static_cast<std::uint8_t>(id >> 16),
          static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
}

std::uint32_t key_id(std::string_view name, key_algorithm algorithm,
                     std::span<const std::uint8_t, 32> bytes) noexcept {
  auto type = static_cast<char>(algorithm);
  std::string_view key{reinterpret_cast<const char*>(bytes.data()),
                       bytes.size()};
  auto digest = sha256({name, "\n", std::string_view{&type, 1}, key});
  return std::uint32_t{digest[0]} << 24 | std::uint32_t{digest[1]} << 16
         | std::uint32_t{digest[2]} << 8 | std::uint32_t{digest[3]};
}

bool known_algorithm(std::uint8_t type) noexcept {
  return type == static_cast<std::uint8_t>(key_algorithm::ed25519)
         || type == static_cast<std::uint8_t>(key_algorithm::cosignature);
}

} // namespace

bool valid_key_name(std::string_view name) noexcept {
  if (name.empty() || name.size() > name_size_max
      || find_bad_utf8(name) != std::string_view::npos)
    return false;
  if (std::any_of(name.begin(), name.end(), control_or_plus))
    return false;
  return std::none_of(spaces.begin(), spaces.end(), [&](auto space) {
    return name.find(space) != std::string_view::npos;
  });
}

result<verifier_key> make_verifier_key(std::string_view name,
                                       key_algorithm algorithm,
                                       std::span<const std::uint8_t> bytes) {
  if (!valid_key_name(name))
    return refuse(ec::invalid_value, "bad key name");
  verifier_key key;
  if (bytes.size() != key.bytes.size())
    return refuse(ec::invalid_value, "an Ed25519 key has 32 bytes");
  // Refuses what different Ed25519 libraries judge differently.
  if (crypto_core_ed25519_is_valid_point(bytes.data()) != 1)
    return refuse(ec::invalid_value, "weak or malformed Ed25519 key");
  key.name = name;
  key.algorithm = algorithm;
  std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
  key.id = key_id(name, algorithm, key.bytes);
  return key;
}

std::string vkey_text(const verifier_key& key) {
  std::vector<std::uint8_t> typed{static_cast<std::uint8_t>(key.algorithm)};
  typed.insert(typed.end(), key.bytes.begin(), key.bytes.end());
  return key.name + "+" + to_hex(id_bytes(key.id)) + "+" + to_base64(typed);
}

result<verifier_key> parse_vkey(std::string_view text) {
  auto name_end = text.find('+');
  auto id_end = name_end == std::string_view::npos
                  ? std::string_view::npos
                  : text.find('+', name_end + 1);
  if (id_end == std::string_view::npos)
    return refuse(ec::malformed, "a verifier key is name+id+base64");
  auto id = parse_hex(text.substr(name_end + 1, id_end - name_end - 1));
  auto typed = parse_base64(text.substr(id_end + 1));
  if (!id || id->size() != 4 || !typed || typed->empty())
    return refuse(ec::malformed, "a verifier key is name+id+base64");
  if (!known_algorithm(typed->front()))
    return refuse(ec::invalid_value,
                  "unknown signature type " + std::to_string(typed->front()));
  auto key = make_verifier_key(text.substr(0, name_end),
                               static_cast<key_algorithm>(typed->front()),
                               std::span{*typed}.subspan(1));
  if (!key)
    return key;
  auto right = id_bytes(key->id);
  if (!std::equal(right.begin(), right.end(), id->begin()))
    return refuse(ec::invalid_value, "the key id does not fit the key");
  return key;
}

bool verify_signature(const verifier_key& key, std::string_view text,
                      std::span<const std::uint8_t> blob) {
  std::string timed;
  if (key.algorithm == key_algorithm::cosignature) {
    if (blob.size() < cosignature_time_size)
      return false;
    timed = cosigned_text(cosignature_time(blob), text);
    text = timed;
    blob = blob.subspan(cosignature_time_size);
  }
  return blob.size() == crypto_sign_BYTES
         && crypto_sign_verify_detached(blob.data(), octets(text), text.size(),
                                        key.bytes.data())
              == 0;
}

std::string cosigned_text(std::uint64_t unix_s, std::string_view text) {
  std::string out = "cosignature/v1\ntime " + std::to_string(unix_s) + "\n";
  out.append(text);
  return out;
}

} // namespace ringside::audit
