#include "tests/crash/journal_ledger.hpp"

#include "app/config/load_rulesets.hpp"
#include "domain/audit/entry.hpp"
#include "domain/audit/json.hpp"
#include "domain/audit/personal.hpp"
#include "domain/wire/view.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"

#include <algorithm>
#include <utility>

namespace ringside::test {

namespace {

constexpr std::size_t page_size = 4'096;

} // namespace

journal_ledger::journal_ledger(std::filesystem::path data)
  : data_(std::move(data)) {
  auto sets = config::load_rulesets(std::filesystem::path{RINGSIDE_SOURCE_DIR}
                                    / "config" / "rulesets");
  RINGSIDE_CHECK(bool{sets});
  sets_ = std::make_shared<const rules::catalog>(std::move(*sets));
  lookup_ = [sets = sets_](std::string_view id, int) {
    return std::shared_ptr<const rules::ruleset>{sets, sets->find(id)};
  };
}

void journal_ledger::catch_up() {
  persistence::sqlite_options options;
  options.read_only = true;
  auto store
    = persistence::sqlite_journal_store::open(data_ / "journal.db", options);
  if (!store) {
    faults.push_back("cannot be opened: " + store.reason().detail);
    return;
  }
  check_old_leaves(**store);
  for (;;) {
    auto page = (*store)->read(leaves_.size(), page_size);
    if (!page) {
      faults.push_back("cannot be read: " + page.reason().detail);
      return;
    }
    if (page->empty())
      return;
    for (const auto& entry : *page)
      take(entry);
  }
}

void journal_ledger::check_old_leaves(persistence::journal_store& store) {
  auto old = store.leaves(0, leaves_.size());
  if (!old || *old != leaves_)
    faults.push_back("the first " + std::to_string(leaves_.size())
                     + " entries are not what they were");
}

void journal_ledger::take(const persistence::journal_entry& entry) {
  leaves_.push_back(entry.leaf);
  auto fields = audit::read_entry(entry.bytes, entry.personal);
  if (!fields) {
    faults.push_back("entry " + std::to_string(entry.seq) + ": "
                     + fields.reason().detail);
    return;
  }
  if (audit::is_system_chain(fields->bout))
    return;
  auto folder = bouts_.try_emplace(fields->bout, lookup_).first;
  if (auto ok = folder->second.add(*fields); !ok)
    faults.push_back(ok.reason().detail);
  if (fields->cmd)
    take_command(*fields);
}

void journal_ledger::take_command(const audit::entry_fields& fields) {
  const auto& cmd = *fields.cmd;
  auto& kept = commands_[cmd.id];
  auto next = kept.of == 0 || kept.parts < kept.of;
  if (!next || cmd.part != kept.parts)
    faults.push_back("command " + cmd.id + " is there twice or torn, at entry "
                     + std::to_string(fields.seq));
  if (kept.parts == 0)
    kept.position = fields.seq;
  kept.bout = fields.bout;
  kept.version = fields.bseq + 1;
  kept.of = cmd.of;
  ++kept.parts;
}

const placed_command*
journal_ledger::find(const std::string& command_id) const {
  auto found = commands_.find(command_id);
  return found == commands_.end() ? nullptr : &found->second;
}

std::string journal_ledger::view_of(const std::string& bout) const {
  auto found = bouts_.find(bout);
  if (found == bouts_.end())
    return "no such bout";
  auto copy = found->second;
  auto state = std::move(copy).finish();
  if (!state)
    return state.reason().detail;
  return json::to_text(json::value{wire::render_all(
    *state, bout_id{bout}, {wire::audience::kind::control, 0})});
}

} // namespace ringside::test
