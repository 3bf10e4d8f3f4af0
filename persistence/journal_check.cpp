#include "persistence/journal_check.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace ringside::persistence {

namespace {

constexpr std::size_t page_size = 4'096;

/// Damaged entries in a row after which the rest is given up; a forged last
/// index would otherwise be counted up to.
constexpr std::uint64_t unreadable_max = 1'000;

void complain(audit::verify_report& report, audit::finding f) {
  ++report.findings_total;
  ++report.errors_total;
  auto& least
    = audit::names_entry(f.kind) ? report.first_named : report.first_possible;
  least = std::min(least.value_or(f.index), f.index);
  report.findings.push_back(std::move(f));
}

/// Feeds the verifier whatever can be read. The verifier notices by itself
/// that an entry was skipped, but not why.
class entry_walk {
public:
  entry_walk(journal_store& store, audit::log_verifier& verifier)
    : store_(store), verifier_(verifier) {
    // nop
  }

  /// An error only if the disk fails.
  result<unit> run(std::uint64_t size, const check_progress& progress) {
    while (!ended_) {
      auto page = store_.read(next_, page_size);
      if (page)
        take(*page);
      else if (page.reason().code == ec::corrupt)
        one_by_one();
      else
        return page.reason();
      if (progress)
        progress(next_, std::max(next_, size));
    }
    return unit{};
  }

  /// The first entry that cannot be read, and why.
  const std::optional<audit::finding>& unreadable() const noexcept {
    return unreadable_;
  }

private:
  void take(const std::vector<journal_entry>& page) {
    for (const auto& e : page)
      verifier_.add({e.seq, e.bout.str(), e.bseq, e.bytes, e.leaf,
                     e.personal ? &*e.personal : nullptr});
    next_ += page.size();
    ended_ = page.empty();
  }

  void one_by_one() {
    std::uint64_t in_a_row = 0;
    for (std::size_t i = 0; i < page_size && !ended_; ++i) {
      auto one = store_.read(next_, 1);
      if (one) {
        take(*one);
        in_a_row = 0;
        continue;
      }
      if (!unreadable_)
        unreadable_
          = audit::finding{audit::finding_kind::bad_entry,
                           next_,
                           {},
                           "missing or unreadable: " + one.reason().detail};
      ++next_;
      ended_ = ++in_a_row >= unreadable_max;
    }
  }

  journal_store& store_;
  audit::log_verifier& verifier_;
  std::uint64_t next_ = 0;
  bool ended_ = false;
  std::optional<audit::finding> unreadable_;
};

/// The signer's own memory counts as one more checkpoint, without a note.
void check_signed(audit::verify_report& report, journal_store& store,
                  const audit::signer_state& signed_last) {
  const auto& last = signed_last.last;
  if (last.size > report.entries)
    return complain(
      report, {audit::finding_kind::truncated,
               report.entries,
               {},
               "the signer saw " + std::to_string(last.size)
                 + " entries, the journal has " + std::to_string(report.entries)
                 + ": it was cut short or an older copy was restored"});
  audit::tree tree;
  while (tree.size() < last.size) {
    auto want = std::min<std::uint64_t>(page_size, last.size - tree.size());
    auto page = store.leaves(tree.size(), want);
    // Then the walk has complained already.
    if (!page || page->empty())
      return;
    for (const auto& leaf : *page)
      tree.append(leaf);
  }
  if (tree.root() != last.root)
    complain(report, {audit::finding_kind::root_mismatch,
                      0,
                      {},
                      "the first " + std::to_string(last.size)
                        + " entries are not the ones that were signed"});
}

std::vector<audit::stored_checkpoint> stored(std::vector<checkpoint_row> rows) {
  std::vector<audit::stored_checkpoint> all;
  for (auto& row : rows)
    all.push_back({row.size, row.root, std::move(row.note)});
  return all;
}

} // namespace

result<audit::verify_report>
verify_store(journal_store& store, audit::verify_options options,
             const std::optional<audit::signer_state>& signed_last,
             const check_progress& progress) {
  auto head = store.head();
  if (!head && head.reason().code != ec::corrupt)
    return head.reason();
  auto checkpoints = store.checkpoints();
  if (!checkpoints && checkpoints.reason().code != ec::corrupt)
    return checkpoints.reason();
  audit::log_verifier verifier{
    std::move(options), checkpoints ? stored(std::move(*checkpoints))
                                    : std::vector<audit::stored_checkpoint>{}};
  entry_walk walk{store, verifier};
  if (auto ok = walk.run(head ? head->size : 0, progress); !ok)
    return ok.reason();
  std::optional<audit::stored_head> row;
  if (head && head->size > 0)
    row = audit::stored_head{head->size, head->root, head->frontier};
  auto report = verifier.finish(row);
  if (walk.unreadable())
    complain(report, *walk.unreadable());
  if (!head)
    complain(report, {audit::finding_kind::head_mismatch,
                      report.entries,
                      {},
                      head.reason().detail});
  if (!checkpoints)
    complain(report, {audit::finding_kind::bad_checkpoint,
                      0,
                      {},
                      checkpoints.reason().detail});
  if (signed_last)
    check_signed(report, store, *signed_last);
  // What names an entry comes first: that is what an alarm shows.
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const auto& a, const auto& b) {
                     return std::pair{!audit::names_entry(a.kind), a.index}
                            < std::pair{!audit::names_entry(b.kind), b.index};
                   });
  return report;
}

} // namespace ringside::persistence
