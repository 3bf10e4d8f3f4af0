#include "domain/audit/verifier.hpp"

#include <algorithm>

namespace ringside::audit {

namespace {

finding about_tree(finding_kind kind, std::uint64_t index, std::string detail) {
  return {kind, index, {}, std::move(detail)};
}

std::string at_size(std::uint64_t size) {
  return "checkpoint of size " + std::to_string(size);
}

} // namespace

// -- checkpoints --------------------------------------------------------------

log_verifier::log_verifier(verify_options options,
                           std::vector<stored_checkpoint> checkpoints)
  : options_(std::move(options)), checkpoints_(std::move(checkpoints)),
    chains_(options_.origin) {
  for (const auto& key : options_.keys)
    all_keys_.push_back(key.key);
  all_keys_.insert(all_keys_.end(), options_.witnesses.begin(),
                   options_.witnesses.end());
  auto by_size = [](const auto& a, const auto& b) { return a.size < b.size; };
  std::stable_sort(checkpoints_.begin(), checkpoints_.end(), by_size);
  report_.checkpoints = checkpoints_.size();
  for (const auto& row : checkpoints_)
    check_signature(row);
  for (std::size_t i = 1; i < checkpoints_.size(); ++i)
    if (checkpoints_[i].size == checkpoints_[i - 1].size
        && checkpoints_[i].root != checkpoints_[i - 1].root)
      report(about_tree(finding_kind::fork, checkpoints_[i].size,
                        "two roots for size "
                          + std::to_string(checkpoints_[i].size)));
  check_roots();
}

void log_verifier::check_signature(const stored_checkpoint& row) {
  if (options_.keys.empty()) {
    report(about_tree(finding_kind::unsigned_checkpoint, row.size,
                      at_size(row.size) + ": no key to check it with"));
    return;
  }
  auto opened = open_checkpoint(row.note, all_keys_);
  if (opened)
    check_signers(row, *opened);
  else
    report(about_tree(finding_kind::bad_checkpoint, row.size,
                      at_size(row.size) + ": " + opened.reason().detail));
}

void log_verifier::check_signers(const stored_checkpoint& row,
                                 const opened_checkpoint& opened) {
  auto complain = [&](const char* detail) {
    report(about_tree(finding_kind::bad_checkpoint, row.size,
                      at_size(row.size) + ": " + detail));
  };
  const auto& head = opened.head;
  if (head.origin != options_.origin)
    complain("of another log");
  if (head.size != row.size || head.root != row.root)
    complain("the row contradicts the note");
  auto signed_by = [&](const verifier_key& key) {
    return std::any_of(opened.signers.begin(), opened.signers.end(),
                       [&](const auto& s) { return s.key == key; });
  };
  auto in_force = [&](const log_key& k) {
    return k.from <= head.size && head.size < k.to && signed_by(k.key);
  };
  if (std::none_of(options_.keys.begin(), options_.keys.end(), in_force))
    complain("no key in force at this size signed it");
  auto seen = std::count_if(options_.witnesses.begin(),
                            options_.witnesses.end(), signed_by);
  if (static_cast<std::size_t>(seen) < options_.witnesses_min)
    complain("too few witnesses");
}

void log_verifier::check_roots() {
  while (next_checkpoint_ < checkpoints_.size()
         && checkpoints_[next_checkpoint_].size == tree_.size())
    check_root(checkpoints_[next_checkpoint_++]);
}

void log_verifier::check_root(const stored_checkpoint& row) {
  if (row.root == tree_.root()) {
    if (!root_broken_)
      report_.signed_size = row.size;
    return;
  }
  // After the first every later one must differ too: say it once.
  if (!root_broken_)
    report(about_tree(finding_kind::root_mismatch, report_.signed_size,
                      at_size(row.size) + ": something changed in entries "
                        + std::to_string(report_.signed_size) + " to "
                        + std::to_string(row.size)));
  root_broken_ = true;
}

// -- entries ------------------------------------------------------------------

void log_verifier::add(const stored_entry& stored) {
  auto leaf = leaf_hash(stored.bytes);
  auto index = tree_.size();
  std::string bout{stored.bout};
  if (bout == system_bout)
    report_.last_system = stored.seq;
  if (stored.seq != next_seq_)
    report({finding_kind::seq_gap, std::min(next_seq_, stored.seq), bout,
            "entry " + std::to_string(stored.seq) + " stands at position "
              + std::to_string(index)});
  if (leaf != stored.leaf)
    report({finding_kind::leaf_mismatch, stored.seq, bout,
            "the stored leaf is not the hash of the stored bytes"});
  if (stored.seq > next_seq_)
    missing_ += stored.seq - next_seq_;
  auto entry = parse_entry(stored.bytes);
  if (entry) {
    check_fields(stored, *entry, leaf);
  } else {
    report({finding_kind::bad_entry, stored.seq, bout, entry.reason().detail});
    chains_.skip(bout, leaf, stored.leaf);
  }
  next_seq_ = stored.seq + 1;
  tree_.append(leaf);
  check_roots();
}

void log_verifier::check_fields(const stored_entry& stored,
                                const entry_fields& entry, const hash& leaf) {
  if (entry.seq != stored.seq || entry.bout != stored.bout
      || entry.bseq != stored.bseq)
    report({finding_kind::column_mismatch, stored.seq, entry.bout,
            "seq, bout or bseq beside the entry differ from it"});
  if (entry.log != options_.origin)
    report({finding_kind::wrong_log, stored.seq, entry.bout,
            "belongs to " + entry.log});
  check_clock(entry);
  check_personal(stored, entry);
  std::vector<finding> found;
  chains_.add(entry, leaf, stored.leaf, found);
  if (options_.check)
    if (auto complaint = options_.check(entry))
      found.push_back(
        {finding_kind::rejected, entry.seq, entry.bout, *complaint});
  report_all(found);
}

void log_verifier::check_clock(const entry_fields& entry) {
  if (entry.t < last_time_)
    report({finding_kind::clock_backwards, entry.seq, entry.bout,
            "the wall clock went back by "
              + std::to_string((last_time_ - entry.t).count) + " ns"});
  last_time_ = entry.t;
}

// -- personal parts ----------------------------------------------------------

void log_verifier::check_personal(const stored_entry& stored,
                                  const entry_fields& entry) {
  if (auto wrong = personal_complaint(entry, stored.personal))
    report({finding_kind::personal_altered, entry.seq, entry.bout, *wrong});
  if (!entry.cmt.empty()) {
    auto there = stored.personal != nullptr;
    ++(there ? report_.personal : report_.erased);
    committed_.emplace(entry.seq, there);
  }
  if (auto other = erased_entry(entry))
    said_erased_.insert(*other);
}

void log_verifier::check_erasures() {
  for (const auto& [seq, there] : committed_) {
    auto said = said_erased_.contains(seq);
    if (said == there)
      report({finding_kind::erasure_unclear,
              seq,
              {},
              "entry " + std::to_string(seq)
                + (there ? ": an entry says that its personal part was erased, "
                           "but it is there; erase it again"
                         : ": its personal part is gone and no entry says "
                           "that it was erased")});
  }
}

// -- end ----------------------------------------------------------------------

verify_report log_verifier::finish(const std::optional<stored_head>& head) {
  std::vector<finding> found;
  chains_.finish(found);
  report_all(found);
  check_erasures();
  auto size = tree_.size();
  if (next_checkpoint_ < checkpoints_.size())
    report(about_tree(finding_kind::truncated, size,
                      at_size(checkpoints_.back().size) + ", but only "
                        + std::to_string(size) + " entries"));
  if (head)
    check_head(*head);
  report_.entries = size;
  report_.bouts = chains_.bouts();
  report_.system_chain = chains_.has_system();
  // What no bout misses may have been the system's.
  if (missing_ > chains_.missing())
    report_.system_errors += missing_ - chains_.missing();
  report_.root = tree_.root();
  return std::move(report_);
}

void log_verifier::check_head(const stored_head& head) {
  auto size = tree_.size();
  if (head.size > size) {
    report(about_tree(finding_kind::truncated, size,
                      "the head has " + std::to_string(head.size)
                        + " entries, the log " + std::to_string(size)));
    return;
  }
  auto fits = head.size == size && head.root == tree_.root()
              && head.frontier == tree_.frontier();
  if (!fits)
    report(about_tree(finding_kind::head_mismatch, report_.signed_size,
                      "the head row of size " + std::to_string(head.size)
                        + " is not the head of the entries"));
}

void log_verifier::report(finding f) {
  ++report_.findings_total;
  if (!is_warning(f.kind)) {
    ++report_.errors_total;
    report_.system_errors += f.bout == system_bout ? 1 : 0;
    auto& least
      = names_entry(f.kind) ? report_.first_named : report_.first_possible;
    least = std::min(least.value_or(f.index), f.index);
  }
  if (report_.findings.size() < options_.findings_max)
    report_.findings.push_back(std::move(f));
}

void log_verifier::report_all(std::vector<finding>& found) {
  for (auto& f : found)
    report(std::move(f));
}

verify_report verify_log(verify_options options,
                         std::vector<stored_checkpoint> checkpoints,
                         const entry_source& next,
                         const std::optional<stored_head>& head) {
  log_verifier verifier{std::move(options), std::move(checkpoints)};
  while (auto entry = next())
    verifier.add(*entry);
  return verifier.finish(head);
}

} // namespace ringside::audit
