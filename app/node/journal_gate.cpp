#include "app/node/journal_gate.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace ringside {

namespace {

using signer_memory = std::optional<audit::signer_state>;

std::uint64_t size_of(const signer_memory& known) {
  return known ? known->last.size : 0;
}

std::string behind(const signer_memory& known, std::uint64_t size) {
  return "a head of " + std::to_string(size)
         + " entries was signed, but the signer's own file "
         + (known ? "knows only " + std::to_string(known->last.size)
                  : std::string{"is missing"});
}

/// The file as it is now, unless it fell behind what was seen before.
result<signer_memory> not_behind(const load_signed_function& load,
                                 const signer_memory& seen) {
  auto now = load();
  if (now && size_of(*now) < size_of(seen))
    return refuse(ec::corrupt,
                  "entry " + std::to_string(seen->last.size) + ": "
                    + behind(*now, seen->last.size),
                  {}, "stop the node and put the signer's file back");
  return now;
}

} // namespace

void complain(audit::verify_report& report, audit::finding found) {
  ++report.findings_total;
  ++report.errors_total;
  report.first_possible
    = std::min(report.first_possible.value_or(found.index), found.index);
  report.findings.push_back(std::move(found));
}

result<checked_journal>
check_journal(persistence::journal_store& store, audit::verify_options options,
              const load_signed_function& load_signed,
              const persistence::check_progress& progress) {
  using audit::finding_kind;
  // In this order: beside a running node all three grow, and a head is in the
  // signer's file before it is in the journal.
  auto kept = store.last_checkpoint();
  auto found = load_signed();
  auto damaged = !found && found.reason().code == ec::corrupt;
  if (!found && !damaged)
    return found.reason();
  auto known = damaged ? std::nullopt : *found;
  auto report
    = persistence::verify_store(store, std::move(options), known, progress);
  if (!report)
    return report.reason();
  if (damaged)
    complain(*report,
             {finding_kind::bad_checkpoint, 0, {}, found.reason().detail});
  else if (kept && *kept && size_of(known) < (*kept)->size)
    complain(*report, {finding_kind::bad_checkpoint,
                       (*kept)->size,
                       {},
                       behind(known, (*kept)->size)});
  return checked_journal{std::move(*report), known};
}

std::string text_of(const audit::finding& f) {
  return "entry " + std::to_string(f.index) + ": " + f.detail;
}

std::optional<error> why_unsound(const audit::verify_report& report) {
  for (const auto& f : report.findings)
    if (!audit::is_warning(f.kind))
      return refuse(ec::corrupt, "the journal does not verify, " + text_of(f),
                    {},
                    "ringside verify names every finding; restore a sound "
                    "copy under a new origin");
  return std::nullopt;
}

void shut_if_unsound(node_world& world, const audit::verify_report& report) {
  auto unsound = why_unsound(report);
  if (!unsound)
    return;
  world.open_writer = [reason = *unsound] {
    return result<std::unique_ptr<persistence::journal_store>>{reason};
  };
  // A forged entry must not make an admin, nor a lost one keep a thief in.
  if (!report.system_sound())
    world.accounts_in_doubt = unsound;
  // A signature would vouch for what does not verify.
  world.load_signed
    = [reason = *unsound] { return result<signer_memory>{reason}; };
}

void remember_signer(node_world& world, signer_memory known) {
  auto seen = std::make_shared<signer_memory>(std::move(known));
  auto load = [inner = world.load_signed, seen] {
    auto now = not_behind(inner, *seen);
    if (now)
      *seen = *now;
    return now;
  };
  world.store_signed = [inner = world.store_signed, load,
                        seen](const audit::signer_state& next) -> result<unit> {
    if (auto now = load(); !now)
      return now.reason();
    auto kept = inner(next);
    if (kept)
      *seen = next;
    return kept;
  };
  world.load_signed = load;
}

} // namespace ringside
