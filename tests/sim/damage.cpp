#include "tests/sim/damage.hpp"

#include "domain/audit/entry.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace ringside::sim {

namespace {

/// More entries than any command makes.
constexpr std::uint64_t command_entries_max = 8;

std::uint64_t size_of(const std::optional<audit::signer_state>& s) {
  return s ? s->last.size : 0;
}

std::uint64_t signed_in(const persistence::memory_image& journal) {
  return journal.checkpoints.empty() ? 0 : journal.checkpoints.rbegin()->first;
}

/// The number in `... entry 17: ...`, the first of them.
std::optional<std::uint64_t> entry_named(const std::string& text) {
  constexpr std::string_view word = "entry ";
  for (auto at = text.find(word); at != std::string::npos;
       at = text.find(word, at + 1)) {
    std::uint64_t n = 0;
    const auto* from = text.data() + at + word.size();
    const auto* end = text.data() + text.size();
    auto [stop, failed] = std::from_chars(from, end, n);
    if (failed == std::errc{} && stop != end && *stop == ':')
      return n;
  }
  return std::nullopt;
}

} // namespace

std::optional<damage> damage::strike(rng& source, sim_disk& disk,
                                     sim_signer& signer,
                                     const std::optional<copy>& older) {
  damage d;
  d.sound_ = {disk.disk->image(), signer.file};
  const auto& journal = d.sound_.journal;
  auto entries = journal.entries.size();
  auto kept = signed_in(journal);
  if (entries == 0)
    return std::nullopt;
  d.kind_ = static_cast<kind>(source() % 7);
  switch (d.kind_) {
  case kind::flip_live:
  case kind::signer_lost_live:
    return std::nullopt;
  case kind::flip:
    d.seq_ = d.first_ = d.last_ = source() % entries;
    disk.disk->flip(d.seq_, source());
    return d;
  case kind::cut: {
    auto count = std::min<std::uint64_t>(1 + source() % 5, entries);
    disk.disk->cut(count);
    d.last_ = entries - count;
    d.first_ = d.last_ - std::min(d.last_, command_entries_max);
    return d;
  }
  case kind::older_journal:
    if (!older || older->journal.entries.size() >= size_of(signer.file))
      return std::nullopt;
    d.first_ = d.last_ = older->journal.entries.size();
    disk.disk->restore(older->journal);
    return d;
  case kind::signer_missing:
    if (kept == 0)
      return std::nullopt;
    d.first_ = d.last_ = kept;
    signer.file.reset();
    return d;
  case kind::signer_older:
    if (!older || size_of(older->signer) >= kept)
      return std::nullopt;
    d.first_ = d.last_ = kept;
    signer.file = older->signer;
    return d;
  case kind::signer_torn:
    if (!signer.file)
      return std::nullopt;
    signer.torn = true;
    return d;
  }
  return std::nullopt;
}

std::optional<damage> damage::strike_live(rng& source, sim_disk& disk,
                                          sim_signer& signer) {
  damage d;
  d.sound_ = {disk.disk->image(), signer.file};
  const auto& journal = d.sound_.journal;
  if (journal.entries.empty())
    return std::nullopt;
  if (source() % 4 == 0 && signer.file && signed_in(journal) > 0) {
    d.kind_ = kind::signer_lost_live;
    d.first_ = signed_in(journal);
    d.last_ = signer.file->last.size;
    signer.file.reset();
    return d;
  }
  d.kind_ = kind::flip_live;
  d.seq_ = d.first_ = d.last_ = source() % journal.entries.size();
  d.offset_ = source();
  d.bout_ = journal.entries[d.seq_].bout;
  disk.disk->flip(d.seq_, d.offset_);
  return d;
}

std::string damage::read_by() const {
  if (kind_ == kind::signer_lost_live)
    return "node/audit";
  if (bout_.str() == audit::calibration_bout)
    return "node/calibration";
  constexpr std::string_view hybrid = "_hybrid.";
  if (bout_.str().starts_with(hybrid))
    return "bout/" + bout_.str().substr(hybrid.size()) + "/scorer";
  if (audit::is_system_chain(bout_.str()))
    return "node/accounts";
  return "bout/" + bout_.str() + "/bout";
}

void damage::repair(sim_disk& disk, sim_signer& signer) const {
  if (kind_ == kind::flip_live)
    // Other bouts went on: the same bit again.
    return disk.disk->flip(seq_, offset_);
  signer.file = sound_.signer;
  signer.torn = false;
  if (!live())
    disk.disk->restore(sound_.journal);
}

void damage::hear(const log_event& line) {
  if (line.level < severity::alarm)
    return;
  auto named = entry_named(line.text);
  if (!named || *named < first_ || *named > last_)
    return;
  anybody_alarmed_ = true;
  if (line.actor == "node/journal" && line.text.starts_with("read-only"))
    journal_alarmed_ = true;
  if (line.actor == "node/audit")
    audit_alarmed_ = true;
}

std::optional<std::string> damage::missed() const {
  auto silent = [this](const char* who) {
    return std::string{who} + " was silent about damage: " + text();
  };
  if (live())
    return anybody_alarmed_ ? std::nullopt : std::optional{silent("the node")};
  if (!journal_alarmed_)
    return silent("the JOURNAL");
  if (!audit_alarmed_)
    return silent("the AUDIT");
  return std::nullopt;
}

std::string damage::text() const {
  static constexpr const char* names[]{
    "a flipped byte",
    "a flipped byte under the running node",
    "the last entries are cut off",
    "an older copy of the journal",
    "the signer's file is missing",
    "an older copy of the signer's file",
    "the signer's file is half written",
    "the signer's file is gone under the running node"};
  return std::string{names[static_cast<std::size_t>(kind_)]} + ", entry "
         + std::to_string(first_)
         + (first_ != last_ ? " to " + std::to_string(last_) : "");
}

} // namespace ringside::sim
