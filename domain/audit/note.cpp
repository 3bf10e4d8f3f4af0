#include "domain/audit/note.hpp"

#include "domain/audit/base64.hpp"
#include "domain/audit/text.hpp"

#include <algorithm>

namespace ringside::audit {

namespace {

/// Em dash and space.
constexpr std::string_view dash = "\xe2\x80\x94 ";
constexpr std::size_t id_size = 4;

error not_a_note(std::string detail) {
  return refuse(ec::malformed, "note: " + std::move(detail));
}

bool control_but_newline(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 && c != '\n';
}

std::uint64_t big_endian(std::span<const std::uint8_t> bytes) noexcept {
  std::uint64_t value = 0;
  for (auto byte : bytes)
    value = value << 8 | byte;
  return value;
}

void remember(std::vector<note_signer>& signers, const verifier_key& key,
              const note_line& line) {
  auto same = [&](const note_signer& known) { return known.key == key; };
  if (std::any_of(signers.begin(), signers.end(), same))
    return;
  auto timed = key.algorithm == key_algorithm::cosignature;
  signers.push_back({key, timed ? cosignature_time(line.blob) : 0});
}

} // namespace

std::uint64_t cosignature_time(std::span<const std::uint8_t> blob) noexcept {
  return big_endian(blob.first(cosignature_time_size));
}

std::string line_text(const note_line& line) {
  std::vector<std::uint8_t> raw(id_size + line.blob.size());
  for (std::size_t i = 0; i < id_size; ++i)
    raw[i] = static_cast<std::uint8_t>(line.key_id >> (24 - 8 * i));
  std::copy(line.blob.begin(), line.blob.end(), raw.begin() + id_size);
  std::string out{dash};
  out += line.name;
  out += ' ';
  out += to_base64(raw);
  out += '\n';
  return out;
}

std::string to_text(const signed_note& note) {
  auto out = note.text + '\n';
  for (const auto& line : note.lines)
    out += line_text(line);
  return out;
}

result<note_line> parse_note_line(std::string_view line) {
  if (!line.starts_with(dash))
    return not_a_note("a signature line begins with an em dash");
  line.remove_prefix(dash.size());
  auto name = line.substr(0, line.find(' '));
  if (name.size() == line.size() || !valid_key_name(name))
    return not_a_note("a signature line needs a key name");
  auto raw = parse_base64(line.substr(name.size() + 1));
  if (!raw || raw->size() <= id_size)
    return not_a_note("a signature line ends with Base 64");
  note_line parsed;
  parsed.name = name;
  parsed.key_id
    = static_cast<std::uint32_t>(big_endian(std::span{*raw}.first(id_size)));
  parsed.blob.assign(raw->begin() + id_size, raw->end());
  return parsed;
}

result<signed_note> parse_note(std::string_view bytes) {
  if (bytes.size() > note_bytes_max)
    return refuse(ec::too_large, "note: more than "
                                   + std::to_string(note_bytes_max) + " bytes");
  if (find_bad_utf8(bytes) != std::string_view::npos
      || std::any_of(bytes.begin(), bytes.end(), control_but_newline))
    return not_a_note("not plain UTF-8 text");
  // The text may hold empty lines itself; the last one is the border.
  auto border = bytes.rfind("\n\n");
  if (border == std::string_view::npos)
    return not_a_note("no empty line");
  signed_note note;
  note.text = bytes.substr(0, border + 1);
  auto rest = bytes.substr(border + 2);
  while (auto line = take_line(rest)) {
    if (note.lines.size() == note_lines_max)
      return refuse(ec::too_large, "note: too many signature lines");
    auto parsed = parse_note_line(*line);
    if (!parsed)
      return parsed.reason();
    note.lines.push_back(std::move(*parsed));
  }
  if (!rest.empty())
    return not_a_note("the last line has no newline");
  if (note.lines.empty())
    return not_a_note("no signature line");
  return note;
}

result<opened_note> open_note(std::string_view bytes,
                              std::span<const verifier_key> keys) {
  auto note = parse_note(bytes);
  if (!note)
    return note.reason();
  opened_note opened;
  for (const auto& line : note->lines)
    for (const auto& key : keys) {
      if (key.name != line.name || key.id != line.key_id)
        continue;
      if (!verify_signature(key, note->text, line.blob))
        return refuse(ec::corrupt, "the signature of " + key.name + " fails");
      remember(opened.signers, key, line);
    }
  if (opened.signers.empty())
    return refuse(ec::unauthenticated, "no known key signed the note");
  opened.text = std::move(note->text);
  return opened;
}

} // namespace ringside::audit
