#include "domain/audit/bundle.hpp"

#include "domain/audit/bundle_readme.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/proof_text.hpp"
#include "domain/audit/sha256.hpp"
#include "domain/audit/text.hpp"

#include <limits>
#include <optional>
#include <utility>

namespace ringside::audit {

namespace {

constexpr auto for_ever = std::numeric_limits<std::uint64_t>::max();

/// `000007`: as many digits as any bout needs, so that names sort.
std::string padded(std::uint64_t number) {
  auto digits = std::to_string(number);
  return digits.size() < 6 ? std::string(6 - digits.size(), '0') + digits
                           : digits;
}

/// The lines of C2SP tlog-policy: any log with one of these keys, no witness.
std::string policy_text(std::span<const log_key> keys) {
  std::string out;
  for (const auto& k : keys)
    out += "log " + vkey_text(k.key) + '\n';
  return out + "quorum none\n";
}

void add_positions(std::string& out, std::span<const bundle_entry> entries,
                   const std::string& folder) {
  std::uint64_t number = 0;
  for (const auto& e : entries) {
    // Both words are from alphabets without commas, quotes and formulas.
    auto fields = parse_entry(e.bytes);
    out += std::to_string(number) + ',' + std::to_string(e.index) + ','
           + (fields ? std::to_string(fields->t.count) : "") + ','
           + (fields ? fields->kind : "") + ',' + (fields ? fields->actor : "")
           + ',' + to_hex(leaf_hash(e.bytes)) + ',' + folder
           + entry_file_name(number) + "\r\n";
    ++number;
  }
}

std::string positions_text(const bundle_source& source) {
  std::string out = "number,position,utc_ns,kind,actor,sha256_leaf,file\r\n";
  add_positions(out, source.entries, {});
  for (const auto& chain : source.beside)
    add_positions(out, chain.entries, chain_folder(chain.name));
  return out;
}

bundle_manifest manifest_of(const bundle_source& source, const checkpoint& head,
                            std::span<const bundle_file> files) {
  bundle_manifest m;
  m.origin = source.origin;
  m.bout = source.bout;
  m.program = source.program;
  m.entries = source.entries.size();
  if (!source.entries.empty())
    m.last = leaf_hash(source.entries.back().bytes);
  for (const auto& chain : source.beside)
    if (!chain.entries.empty())
      m.beside.push_back({chain.name, chain.entries.size(),
                          leaf_hash(chain.entries.back().bytes)});
  m.size = head.size;
  m.root = head.root;
  for (const auto& f : files)
    m.files.emplace_back(f.name, sha256(f.bytes));
  return m;
}

void append_entries(std::vector<bundle_file>& files,
                    std::span<const bundle_entry> entries,
                    const std::string& note, const std::string& folder) {
  for (std::uint64_t n = 0; n < entries.size(); ++n)
    files.push_back({folder + entry_file_name(n), entries[n].bytes});
  for (std::uint64_t n = 0; n < entries.size(); ++n)
    files.push_back(
      {folder + proof_file_name(n),
       to_text(inclusion_receipt{entries[n].index, entries[n].proof, note})});
}

void append_entries(std::vector<bundle_file>& files,
                    const bundle_source& source) {
  append_entries(files, source.entries, source.note, {});
  for (std::uint64_t n = 0; n < source.entries.size(); ++n)
    if (const auto& part = source.entries[n].personal)
      files.push_back({personal_file_name(n), personal_text(*part)});
  for (const auto& chain : source.beside)
    append_entries(files, chain.entries, source.note, chain_folder(chain.name));
}

} // namespace

std::string entry_file_name(std::uint64_t number) {
  return "entries/" + padded(number) + ".json";
}

std::string proof_file_name(std::uint64_t number) {
  return "proofs/" + padded(number) + ".tlog-proof";
}

std::string chain_folder(std::string_view chain) {
  return "beside/" + std::string{chain} + "/";
}

std::string personal_file_name(std::uint64_t number) {
  return "personal/" + padded(number) + ".json";
}

result<std::vector<bundle_file>> make_bundle(const bundle_source& source,
                                             const signing_key& key) {
  auto note = parse_note(source.note);
  if (!note)
    return note.reason();
  auto head = parse_checkpoint(note->text);
  if (!head)
    return head.reason();
  std::vector<bundle_file> files{
    {"README.txt", bundle_readme(source, *head)},
    {std::string{checkpoint_name}, source.note},
    {std::string{keyring_name}, keyring_text(source.keys)},
    {"policy.txt", policy_text(source.keys)},
    {"positions.csv", positions_text(source)},
    {std::string{ruleset_name}, source.ruleset},
    {std::string{result_name}, source.result}};
  auto text = manifest_text(manifest_of(source, *head, files));
  files.insert(
    files.begin() + 1,
    {std::string{manifest_name}, to_text(signed_note{text, {key.sign(text)}})});
  append_entries(files, source);
  return files;
}

// -- keyring ------------------------------------------------------------------

namespace {

constexpr std::string_view keyring_label = "ringside/keyring/v1";

/// `vkey from to`, where `-` is no end.
std::optional<log_key> parse_key_line(std::string_view line) {
  auto first = line.find(' ');
  auto second = line.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos)
    return std::nullopt;
  auto key = parse_vkey(line.substr(0, first));
  auto from = parse_decimal(line.substr(first + 1, second - first - 1));
  auto end = line.substr(second + 1);
  auto to = end == "-" ? std::optional{for_ever} : parse_decimal(end);
  if (!key || !from || !to)
    return std::nullopt;
  return log_key{std::move(*key), *from, *to};
}

} // namespace

std::string keyring_text(std::span<const log_key> keys) {
  std::string out{keyring_label};
  out += '\n';
  for (const auto& k : keys)
    out += vkey_text(k.key) + ' ' + std::to_string(k.from) + ' '
           + (k.to == for_ever ? "-" : std::to_string(k.to)) + '\n';
  return out;
}

result<std::vector<log_key>> parse_keyring(std::string_view text) {
  if (take_line(text) != keyring_label)
    return refuse(ec::malformed, "not a keyring");
  std::vector<log_key> keys;
  while (!text.empty()) {
    auto line = take_line(text);
    auto key = line ? parse_key_line(*line) : std::nullopt;
    if (!key)
      return refuse(ec::malformed, "a line of the keyring cannot be read");
    keys.push_back(std::move(*key));
  }
  return keys;
}

} // namespace ringside::audit
