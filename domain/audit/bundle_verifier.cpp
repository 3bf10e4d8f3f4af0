#include "domain/audit/bundle_verifier.hpp"

#include "domain/audit/proof_text.hpp"
#include "domain/audit/sha256.hpp"
#include "domain/audit/verifier_chain.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace ringside::audit {

namespace {

using file_map = std::map<std::string_view, std::string_view>;

/// One entry with everything that could be read of it.
struct candidate {
  std::string file;
  std::optional<std::string_view> bytes;
  std::optional<inclusion_receipt> receipt;
  std::optional<entry_fields> fields;
  hash leaf{};
  /// Position in the log: by its proof, by itself, or after the one before.
  std::uint64_t index = 0;
};

/// The chain of `beside/<chain>/entries/...`; empty for other names.
std::string_view chain_of_entry(std::string_view name) {
  constexpr std::string_view beside = "beside/";
  if (!name.starts_with(beside))
    return {};
  name.remove_prefix(beside.size());
  auto end = name.find('/');
  return end != name.npos && name.substr(end).starts_with("/entries/")
           ? name.substr(0, end)
           : std::string_view{};
}

/// The bout, or a chain beside it.
struct section {
  /// In front of the names of its files.
  std::string folder;
  std::string name;
  std::uint64_t entries = 0;
  hash last{};
};

class bundle_checker {
public:
  bundle_checker(std::span<const bundle_file> files, const bundle_options& o)
    : all_(files), options_(o) {
    // nop
  }

  result<bundle_report> run();

private:
  void complain(finding_kind kind, std::uint64_t index, std::string detail) {
    report_.add({kind, index, name_, std::move(detail)}, options_.findings_max);
  }

  void bad_file(std::string_view name, const std::string& why) {
    complain(finding_kind::bad_file, 0, std::string{name} + ": " + why);
  }

  std::optional<std::string_view> file(std::string_view name) {
    used_.emplace(name);
    auto found = files_.find(name);
    return found != files_.end() ? std::optional{found->second} : std::nullopt;
  }

  std::vector<verifier_key> plain_keys() const;
  void index_files();
  result<unit> take_manifest();
  result<unit> guess_manifest();
  void take_keys();
  void check_manifest_signature();
  void check_files();
  void check_checkpoint();
  void check_in_force(const opened_checkpoint& opened);
  candidate read_entry(const section& s, std::uint64_t number);
  void check_receipt(const inclusion_receipt& receipt, std::string_view text,
                     const std::string& name);
  bool check_entry(const section& s, const candidate& c, std::uint64_t number);
  void check_personal(const candidate& c, std::uint64_t number);
  void check_section(const section& s);
  void check_rest();

  std::span<const bundle_file> all_;
  const bundle_options& options_;
  file_map files_;
  std::set<std::string, std::less<>> used_;
  /// Size and root that proofs have to lead to.
  checkpoint target_;
  std::uint64_t last_index_ = 0;
  /// The chain that is being checked.
  std::string name_;
  bundle_report report_;
};

std::vector<verifier_key> bundle_checker::plain_keys() const {
  std::vector<verifier_key> keys;
  for (const auto& k : report_.keys)
    keys.push_back(k.key);
  return keys;
}

// -- what surrounds the entries -----------------------------------------------

result<unit> bundle_checker::take_manifest() {
  auto bytes = file(manifest_name);
  if (!bytes)
    return refuse(ec::malformed, "no evidence bundle: it has no manifest");
  auto note = parse_note(*bytes);
  auto manifest = note ? parse_manifest(note->text)
                       : result<bundle_manifest>{note.reason()};
  if (manifest) {
    report_.manifest = std::move(*manifest);
    return unit{};
  }
  if (auto guessed = guess_manifest(); !guessed)
    return guessed;
  bad_file(manifest_name, manifest.reason().detail);
  return unit{};
}

/// Takes from the other files what an unreadable manifest should have said, so
/// that an altered entry is named all the same.
result<unit> bundle_checker::guess_manifest() {
  auto bytes = file(checkpoint_name);
  auto note = bytes ? parse_note(*bytes) : refuse(ec::malformed, "none");
  auto head
    = note ? parse_checkpoint(note->text) : result<checkpoint>{note.reason()};
  if (!head)
    return refuse(ec::malformed, "no evidence bundle: neither its manifest "
                                 "nor its checkpoint can be read");
  auto& m = report_.manifest;
  m.origin = head->origin;
  m.size = head->size;
  m.root = head->root;
  for (const auto& [name, text] : files_) {
    if (name.starts_with("entries/")) {
      ++m.entries;
      m.last = leaf_hash(text);
      if (auto fields = parse_entry(text))
        m.bout = fields->bout;
    } else if (auto chain = chain_of_entry(name); !chain.empty()) {
      if (m.beside.empty() || m.beside.back().name != chain)
        m.beside.push_back({std::string{chain}, 0, {}});
      ++m.beside.back().entries;
      m.beside.back().last = leaf_hash(text);
    }
  }
  return unit{};
}

void bundle_checker::index_files() {
  for (const auto& f : all_)
    if (!files_.emplace(f.name, f.bytes).second)
      bad_file(f.name, "is there twice");
}

void bundle_checker::take_keys() {
  report_.keys_given = !options_.keys.empty();
  auto text = file(keyring_name);
  auto ring = text ? parse_keyring(*text) : refuse(ec::not_found, "is missing");
  if (!ring)
    bad_file(keyring_name, ring.reason().detail);
  else if (!report_.keys_given)
    report_.keys = std::move(*ring);
  if (report_.keys_given)
    report_.keys = options_.keys;
  else
    complain(finding_kind::unsigned_checkpoint, 0,
             "no key was given: the bundle was checked with its own keyring");
}

void bundle_checker::check_manifest_signature() {
  auto opened = open_note(*file(manifest_name), plain_keys());
  if (!opened)
    bad_file(manifest_name, opened.reason().detail);
}

void bundle_checker::check_files() {
  for (const auto& [name, digest] : report_.manifest.files) {
    auto bytes = file(name);
    if (!bytes)
      bad_file(name, "is missing");
    else if (sha256(*bytes) != digest)
      bad_file(name, "was changed");
  }
}

void bundle_checker::check_checkpoint() {
  const auto& m = report_.manifest;
  target_ = {m.origin, m.size, m.root};
  auto note = file(checkpoint_name);
  if (!note)
    return;
  auto opened = open_checkpoint(*note, plain_keys());
  if (!opened)
    return complain(finding_kind::bad_checkpoint, 0,
                    "checkpoint: " + opened.reason().detail);
  if (opened->head != target_)
    return complain(finding_kind::bad_checkpoint, 0,
                    "checkpoint: not the one of the manifest");
  check_in_force(*opened);
  report_.head = opened->head;
}

void bundle_checker::check_in_force(const opened_checkpoint& opened) {
  auto size = opened.head.size;
  auto good = [&](const log_key& k) {
    return k.from <= size && size < k.to
           && std::any_of(opened.signers.begin(), opened.signers.end(),
                          [&](const auto& s) { return s.key == k.key; });
  };
  if (std::none_of(report_.keys.begin(), report_.keys.end(), good))
    complain(finding_kind::bad_checkpoint, 0,
             "checkpoint: no key in force at this size signed it");
}

// -- entries ------------------------------------------------------------------

candidate bundle_checker::read_entry(const section& s, std::uint64_t number) {
  candidate c;
  c.file = s.folder + entry_file_name(number);
  c.bytes = file(c.file);
  c.index = number == 0 ? 0 : last_index_ + 1;
  auto proof_name = s.folder + proof_file_name(number);
  if (auto proof = file(proof_name))
    if (auto receipt = parse_receipt(*proof)) {
      c.receipt = std::move(*receipt);
      check_receipt(*c.receipt, *proof, proof_name);
    }
  if (c.bytes) {
    c.leaf = leaf_hash(*c.bytes);
    if (auto fields = parse_entry(*c.bytes)) {
      c.index = fields->seq;
      c.fields = std::move(*fields);
    }
  }
  if (c.receipt)
    c.index = c.receipt->index;
  last_index_ = c.index;
  return c;
}

/// One proof has one text, and all name the same checkpoint.
void bundle_checker::check_receipt(const inclusion_receipt& receipt,
                                   std::string_view text,
                                   const std::string& name) {
  if (!report_.head)
    return;
  inclusion_receipt same{receipt.index, receipt.proof,
                         std::string{*file(checkpoint_name)}};
  if (to_text(same) != text)
    bad_file(name, "was changed");
}

/// Everything about one entry but its place in the chain.
bool bundle_checker::check_entry(const section& s, const candidate& c,
                                 std::uint64_t number) {
  auto no = [&](finding_kind kind, const std::string& why) {
    complain(kind, c.index, c.file + ": " + why);
    return false;
  };
  if (!c.bytes)
    return no(finding_kind::not_included, "is missing");
  if (!c.receipt)
    return no(finding_kind::not_included, "its proof is missing or unreadable");
  if (!verify_inclusion(c.receipt->index, target_.size, c.leaf,
                        c.receipt->proof, target_.root))
    return no(finding_kind::not_included,
              "is not the entry that was signed: the proof does not hold");
  if (!c.fields)
    return no(finding_kind::bad_entry, "cannot be read");
  if (c.fields->seq != c.receipt->index || c.fields->bseq != number)
    return no(finding_kind::seq_gap, "stands at another place");
  if (c.fields->log != target_.origin || c.fields->bout != s.name)
    return no(finding_kind::wrong_log, "belongs to another bout or log");
  return true;
}

/// A file beside an entry that commits to none does not belong to the bundle,
/// which is said of all such files.
void bundle_checker::check_personal(const candidate& c, std::uint64_t number) {
  if (c.fields->cmt.empty())
    return;
  auto name = personal_file_name(number);
  auto text = file(name);
  if (!text) {
    ++report_.erased;
    return;
  }
  ++report_.personal;
  auto part = parse_personal(*text);
  auto wrong = part ? personal_complaint(*c.fields, &*part)
                    : std::optional{part.reason().detail};
  if (wrong)
    complain(finding_kind::personal_altered, c.index, name + ": " + *wrong);
}

void bundle_checker::check_section(const section& s) {
  name_ = s.name;
  // A number beyond the files cannot be true and is not counted up to.
  auto count = std::min<std::uint64_t>(s.entries, files_.size());
  chain_checker chains{target_.origin};
  std::vector<finding> found;
  std::optional<candidate> bad;
  for (std::uint64_t n = 0; n < count; ++n) {
    auto c = read_entry(s, n);
    // What stood in place of a bad entry is known to the next one only.
    if (bad)
      chains.skip(s.name, bad->leaf, c.fields ? c.fields->bprev : bad->leaf);
    bad.reset();
    if (check_entry(s, c, n)) {
      ++(s.folder.empty() ? report_.proved : report_.proved_beside);
      chains.add(*c.fields, c.leaf, c.leaf, found);
      if (s.folder.empty())
        check_personal(c, n);
    } else {
      bad = std::move(c);
    }
    if (n + 1 == s.entries && !bad && c.leaf != s.last)
      complain(finding_kind::truncated, c.index,
               c.file + ": not the last entry of the manifest");
  }
  if (count < s.entries)
    complain(finding_kind::truncated, last_index_,
             "the manifest has " + std::to_string(s.entries)
               + " entries, the bundle fewer");
  if (!bad)
    chains.finish(found);
  for (auto& f : found)
    report_.add(std::move(f), options_.findings_max);
}

void bundle_checker::check_rest() {
  for (const auto& [name, bytes] : files_) {
    if (used_.contains(name))
      continue;
    if (!name.starts_with("entries/") && chain_of_entry(name).empty()) {
      bad_file(name, "does not belong to the bundle");
      continue;
    }
    auto fields = parse_entry(bytes);
    complain(finding_kind::not_included, fields ? fields->seq : last_index_ + 1,
             std::string{name} + ": was added, the manifest does not have it");
  }
}

result<bundle_report> bundle_checker::run() {
  index_files();
  if (auto ok = take_manifest(); !ok)
    return ok.reason();
  const auto& m = report_.manifest;
  name_ = m.bout;
  take_keys();
  check_manifest_signature();
  check_files();
  check_checkpoint();
  check_section({"", m.bout, m.entries, m.last});
  for (const auto& chain : m.beside)
    check_section(
      {chain_folder(chain.name), chain.name, chain.entries, chain.last});
  name_ = m.bout;
  check_rest();
  // What names an entry comes first.
  std::stable_sort(report_.findings.begin(), report_.findings.end(),
                   [](const auto& a, const auto& b) {
                     return std::pair{!names_entry(a.kind), a.index}
                            < std::pair{!names_entry(b.kind), b.index};
                   });
  return std::move(report_);
}

} // namespace

void bundle_report::add(finding f, std::size_t max) {
  ++findings_total;
  if (!is_warning(f.kind))
    ++errors_total;
  if (findings.size() < max)
    findings.push_back(std::move(f));
}

result<bundle_report> verify_bundle(std::span<const bundle_file> files,
                                    const bundle_options& options) {
  return bundle_checker{files, options}.run();
}

} // namespace ringside::audit
