#include "domain/audit/verifier_chain.hpp"

#include <algorithm>

namespace ringside::audit {

namespace {

finding about(finding_kind kind, const entry_fields& entry,
              std::string detail) {
  return {kind, entry.seq, entry.bout, std::move(detail)};
}

/// True if `next` is the part after `open`.
bool continues(const command_ref& open,
               const std::optional<command_ref>& next) noexcept {
  return next && next->id == open.id && next->digest == open.digest
         && next->of == open.of && next->part == open.part + 1;
}

} // namespace

chain_checker::chain& chain_checker::chain_of(const std::string& bout) {
  auto [i, fresh] = chains_.try_emplace(bout);
  if (fresh)
    i->second.leaf = i->second.stored = bout_genesis(origin_, bout);
  return i->second;
}

void chain_checker::add(const entry_fields& entry, const hash& leaf,
                        const hash& stored, std::vector<finding>& out) {
  auto& c = chain_of(entry.bout);
  if (entry.bseq > c.next && entry.bout != system_bout)
    missing_ += entry.bseq - c.next;
  if (entry.bseq != c.next)
    out.push_back(about(finding_kind::bout_gap, entry,
                        "bseq " + std::to_string(entry.bseq) + " instead of "
                          + std::to_string(c.next)));
  else if (entry.bprev != c.leaf && entry.bprev != c.stored)
    out.push_back(about(finding_kind::chain_broken, entry,
                        "bprev is not the hash of the bout's previous entry"));
  check_command(c, entry, out);
  c.next = entry.bseq + 1;
  c.leaf = leaf;
  c.stored = stored;
  c.last_seq = entry.seq;
  c.unread = false;
}

void chain_checker::check_command(chain& c, const entry_fields& entry,
                                  std::vector<finding>& out) {
  const auto& cmd = entry.cmd;
  auto wrong = c.open ? !continues(*c.open, cmd) : cmd && cmd->part != 0;
  if (wrong && !c.unread) {
    auto detail = c.open ? "command " + c.open->id + " ends after part "
                             + std::to_string(c.open->part)
                         : "command " + cmd->id + " begins with part "
                             + std::to_string(cmd->part);
    out.push_back(about(finding_kind::command_parts, entry, detail));
  }
  auto more = cmd && cmd->part + 1 < cmd->of;
  c.open = more ? cmd : std::nullopt;
}

void chain_checker::skip(const std::string& bout, const hash& leaf,
                         const hash& stored) {
  auto& c = chain_of(bout);
  ++c.next;
  c.leaf = leaf;
  c.stored = stored;
  c.open.reset();
  c.unread = true;
}

std::size_t chain_checker::bouts() const noexcept {
  return static_cast<std::size_t>(
    std::count_if(chains_.begin(), chains_.end(),
                  [](const auto& c) { return !is_system_chain(c.first); }));
}

void chain_checker::finish(std::vector<finding>& out) const {
  for (const auto& [bout, c] : chains_)
    if (c.open)
      out.push_back({finding_kind::command_cut, c.last_seq + 1, bout,
                     "command " + c.open->id + " ends after part "
                       + std::to_string(c.open->part)});
}

} // namespace ringside::audit
