#pragma once

#include "domain/audit/hash.hpp"
#include "domain/audit/personal.hpp"
#include "domain/audit/signing_key.hpp"
#include "domain/audit/verifier.hpp"
#include "domain/base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The evidence bundle of one bout: everything a stranger needs to check it
/// offline. Pure: files in memory; whoever calls packs them.
///
///     README.txt                 for people
///     manifest                   signed note: what belongs to the bundle
///     checkpoint                 signed tree head (C2SP tlog-checkpoint)
///     keyring.txt                keys of the log and the sizes they sign
///     policy.txt                 C2SP tlog-policy for other verifiers
///     positions.csv              number, position, time, kind, hash
///     ruleset.json result.json   the rules as used, what they give
///     entries/000000.json        the hashed bytes, in order
///     proofs/000000.tlog-proof   C2SP tlog-proof of each
///     personal/000007.json       text and salt an entry commits to, if it has
///                                some and they were not erased
///     beside/<chain>/entries/... proofs/...
///                                the same for chains of the node that are
///                                about this bout
namespace ringside::audit {

/// One file, its name relative to the bundle.
struct bundle_file {
  std::string name;
  std::string bytes;

  friend bool operator==(const bundle_file&, const bundle_file&) = default;
};

/// One entry of the bout and why it is in the tree of the checkpoint.
struct bundle_entry {
  std::uint64_t index = 0;
  std::string bytes;
  std::vector<hash> proof;
  std::optional<personal_part> personal{};
};

/// A chain of the node that is about this bout, and all of its entries below
/// the checkpoint's size, in order. None commits to a personal part.
struct bundle_chain {
  std::string name;
  std::vector<bundle_entry> entries;
};

/// What goes into a bundle; the caller vouches that it fits together.
struct bundle_source {
  std::string origin;
  std::string bout;
  /// Name and version of the program that derived the result.
  std::string program;
  /// The signed checkpoint that all proofs lead to.
  std::string note;
  std::vector<log_key> keys;
  /// All entries of the bout below the checkpoint's size, in order.
  std::vector<bundle_entry> entries;
  std::vector<bundle_chain> beside;
  /// Canonical JSON.
  std::string ruleset;
  std::string result;
};

/// What the signed manifest says of a chain beside the bout.
struct manifest_chain {
  std::string name;
  std::uint64_t entries = 0;
  /// Leaf hash of the last entry.
  hash last{};

  friend bool operator==(const manifest_chain&, const manifest_chain&)
    = default;
};

/// What the signed manifest says.
struct bundle_manifest {
  std::string origin;
  std::string bout;
  std::string program;
  std::uint64_t entries = 0;
  /// Leaf hash of the last entry.
  hash last{};
  /// Size and root of the checkpoint.
  std::uint64_t size = 0;
  hash root{};
  /// Name and SHA-256 of every file that is neither entry nor proof nor
  /// personal: what can be erased has its hash in its entry only, salted.
  std::vector<std::pair<std::string, hash>> files;
  std::vector<manifest_chain> beside{};

  friend bool operator==(const bundle_manifest&, const bundle_manifest&)
    = default;
};

inline constexpr std::string_view manifest_name = "manifest";
inline constexpr std::string_view checkpoint_name = "checkpoint";
inline constexpr std::string_view keyring_name = "keyring.txt";
inline constexpr std::string_view ruleset_name = "ruleset.json";
inline constexpr std::string_view result_name = "result.json";

/// `entries/000007.json`, `proofs/000007.tlog-proof`, `personal/000007.json`.
/// Entries and proofs of a chain have its folder in front.
std::string entry_file_name(std::uint64_t number);
std::string proof_file_name(std::uint64_t number);
std::string chain_folder(std::string_view chain);
std::string personal_file_name(std::uint64_t number);

/// All files of a bundle. `key` is the log's present key and signs the
/// manifest. `malformed` if the checkpoint of `source` is none.
result<std::vector<bundle_file>> make_bundle(const bundle_source& source,
                                             const signing_key& key);

/// The text of the manifest's note, and back. The label keeps it apart from
/// everything else this key signs.
std::string manifest_text(const bundle_manifest& manifest);
result<bundle_manifest> parse_manifest(std::string_view text);

/// Keys with their sizes, one per line, under a label.
std::string keyring_text(std::span<const log_key> keys);
result<std::vector<log_key>> parse_keyring(std::string_view text);

} // namespace ringside::audit
