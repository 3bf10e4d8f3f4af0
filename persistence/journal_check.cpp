#include "persistence/journal_check.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace ringside::persistence {

namespace {

constexpr std::size_t page_size = 4'096;

/// The signer's own memory counts as one more checkpoint, without a note.
void check_signed(audit::verify_report& report, journal_store& store,
                  const audit::signer_state& signed_last) {
  const auto& last = signed_last.last;
  auto complain = [&report](audit::finding_kind kind, std::uint64_t index,
                            std::string detail) {
    report.findings.push_back({kind, index, {}, std::move(detail)});
    ++report.findings_total;
    ++report.errors_total;
  };
  if (last.size > report.entries) {
    complain(audit::finding_kind::truncated, report.entries,
             "the signer saw " + std::to_string(last.size)
               + " entries, the journal has " + std::to_string(report.entries)
               + ": it was cut short or an older copy was restored");
    return;
  }
  audit::tree tree;
  while (tree.size() < last.size) {
    auto want = std::min<std::uint64_t>(page_size, last.size - tree.size());
    auto page = store.leaves(tree.size(), want);
    if (!page || page->empty())
      return;
    for (const auto& leaf : *page)
      tree.append(leaf);
  }
  if (tree.root() != last.root)
    complain(audit::finding_kind::root_mismatch, 0,
             "the first " + std::to_string(last.size)
               + " entries are not the ones that were signed");
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
  if (!head)
    return head.reason();
  auto checkpoints = store.checkpoints();
  if (!checkpoints)
    return checkpoints.reason();
  audit::log_verifier verifier{std::move(options),
                               stored(std::move(*checkpoints))};
  std::uint64_t next = 0;
  for (;;) {
    auto page = store.read(next, page_size);
    if (!page)
      return page.reason();
    if (page->empty())
      break;
    for (const auto& e : *page)
      verifier.add({e.seq, e.bout.str(), e.bseq, e.bytes, e.leaf});
    next += page->size();
    if (progress)
      progress(next, head->size);
  }
  std::optional<audit::stored_head> row;
  if (head->size > 0)
    row = audit::stored_head{head->size, head->root, head->frontier};
  auto report = verifier.finish(row);
  if (signed_last)
    check_signed(report, store, *signed_last);
  return report;
}

} // namespace ringside::persistence
