#include "domain/audit/key_rotation.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace ringside::audit {

namespace {

constexpr std::string_view keyring_label = "ringside/keyring/v1\n";

std::string rotation_text(const verifier_key& old_key,
                          const verifier_key& new_key, std::uint64_t from) {
  json::object body{
    {"from", from}, {"new", vkey_text(new_key)}, {"old", vkey_text(old_key)}};
  return std::string{keyring_label}
         + json::to_text(json::value{std::move(body)}) + '\n';
}

error broken(const entry_fields& entry, const char* why) {
  return refuse(ec::corrupt, "key rotation in entry "
                               + std::to_string(entry.seq) + ": " + why);
}

std::optional<verifier_key> key_in(const json::value& body,
                                   std::string_view name) {
  const auto* field = body.find(name);
  const auto* text = field != nullptr ? field->as_string() : nullptr;
  auto key = text != nullptr ? parse_vkey(*text)
                             : result<verifier_key>{refuse(ec::malformed, "")};
  return key ? std::optional{std::move(*key)} : std::nullopt;
}

/// The body of the note, not yet verified.
std::optional<json::value> body_of(std::string_view text) {
  if (!text.starts_with(keyring_label) || !text.ends_with('\n'))
    return std::nullopt;
  text.remove_prefix(keyring_label.size());
  text.remove_suffix(1);
  auto body = json::parse_canonical(text);
  return body ? std::optional{std::move(*body)} : std::nullopt;
}

} // namespace

json::value rotation_data(const signing_key& old_key,
                          const signing_key& new_key, std::uint64_t from) {
  auto text = rotation_text(old_key.verifier(), new_key.verifier(), from);
  auto note
    = to_text(signed_note{text, {old_key.sign(text), new_key.sign(text)}});
  return json::object{{"note", std::move(note)}};
}

result<std::optional<key_rotation>> rotation_in(const entry_fields& entry) {
  if (entry.kind != kind_key_rotate)
    return std::optional<key_rotation>{};
  const auto* field = entry.data.find("note");
  const auto* text = field != nullptr ? field->as_string() : nullptr;
  auto note = text != nullptr ? parse_note(*text)
                              : result<signed_note>{broken(entry, "no note")};
  auto body = note ? body_of(note->text) : std::nullopt;
  auto old_key = body ? key_in(*body, "old") : std::nullopt;
  auto new_key = body ? key_in(*body, "new") : std::nullopt;
  if (!old_key || !new_key)
    return broken(entry, "it cannot be read");
  const auto* from = body->find("from");
  if (from == nullptr || from->as_int() == nullptr
      || *from->as_int() != static_cast<std::int64_t>(entry.seq + 1))
    return broken(entry, "it is of another place");
  std::array both{*old_key, *new_key};
  auto opened = open_note(*text, both);
  if (!opened || opened->signers.size() != both.size())
    return broken(entry, "both keys have to sign it");
  return std::optional{
    key_rotation{std::move(*old_key), std::move(*new_key), entry.seq + 1}};
}

std::vector<log_key> keys_before(const verifier_key& present,
                                 std::span<const key_rotation> rotations) {
  std::vector<log_key> keys;
  auto key = present;
  auto to = std::numeric_limits<std::uint64_t>::max();
  for (auto i = rotations.size(); i > 0; --i) {
    const auto& r = rotations[i - 1];
    if (!(r.new_key == key))
      continue;
    keys.push_back({key, r.from, to});
    key = r.old_key;
    to = r.from;
  }
  keys.push_back({key, 0, to});
  std::reverse(keys.begin(), keys.end());
  return keys;
}

std::string sign_rotated(const checkpoint& head, const signing_key& old_key,
                         const signing_key& new_key) {
  auto text = checkpoint_text(head);
  return to_text(signed_note{text, {new_key.sign(text), old_key.sign(text)}});
}

} // namespace ringside::audit
