#include "domain/wire/entry_codec.hpp"

#include "domain/audit/personal.hpp"
#include "domain/wire/event_codec.hpp"
#include "domain/wire/personal.hpp"

#include <algorithm>
#include <utility>

namespace ringside::wire {

namespace {

error corrupt(const audit::entry_fields& entry, std::string detail) {
  return refuse(ec::corrupt, "entry " + std::to_string(entry.seq) + " ("
                               + entry.bout + " " + std::to_string(entry.bseq)
                               + "): " + std::move(detail));
}

/// Whether `apply` can fold an event without stumbling. What `decide` would
/// say today is not asked: rules change, old bouts stay what they were.
struct fit_check {
  const bout::state& s;
  const bout::ruleset_lookup& find_ruleset;

  bool seat(int n) const {
    return bout::find_seat(s, n) != nullptr;
  }

  bool round(int n) const {
    return bout::find_round(s, n) != nullptr;
  }

  /// A card of a round has scores.
  bool card(int seat_no, int round_no, const bout::card_entry& entry) const {
    return seat(seat_no) && (round_no == 0 || (round(round_no) && entry.score));
  }

  bool operator()(const bout::bout_created& x) const {
    auto set = find_ruleset(x.ruleset, x.ruleset_version);
    return s.phase == bout::phase::none && set != nullptr
           && !set->rounds.lengths_s.empty();
  }

  bool operator()(const bout::judge_assigned& x) const {
    return seat(x.seat);
  }

  bool operator()(const bout::seat_bound& x) const {
    return seat(x.seat);
  }

  bool operator()(const bout::round_opened& x) const {
    return x.round == bout::current_round_no(s) + 1;
  }

  bool operator()(const bout::card_filed& x) const {
    return card(x.seat, x.round, x.entry);
  }

  bool operator()(const bout::card_revised& x) const {
    return card(x.seat, x.round, x.entry);
  }

  bool operator()(const bout::finish_recorded&) const {
    return true;
  }

  bool operator()(const bout::stoppage_recorded&) const {
    return true;
  }

  bool operator()(const bout::extension_ordered&) const {
    return true;
  }

  bool operator()(const bout::note_added&) const {
    return true;
  }

  template <class Event>
  bool operator()(const Event& x) const {
    if constexpr (requires { x.round; })
      return round(x.round);
    else
      return true;
  }
};

bool fits(const bout::state& s, const bout::event& e,
          const bout::ruleset_lookup& find_ruleset) {
  auto first = std::holds_alternative<bout::bout_created>(e.body);
  if (!first && s.phase == bout::phase::none)
    return false;
  return std::visit(fit_check{s, find_ruleset}, e.body);
}

} // namespace

result<bout::event> event_of(const audit::entry_fields& entry) {
  auto by = parse_issuer(entry.actor);
  if (!by)
    return corrupt(entry, "'" + entry.actor + "' is no role and account");
  auto e
    = event_from(entry.kind, whole_data(entry), entry.bseq + 1, std::move(*by));
  if (!e)
    return corrupt(entry, e.reason().detail);
  return e;
}

result<bout::event> next_event(const bout::state& s,
                               const audit::entry_fields& entry,
                               const bout::ruleset_lookup& find_ruleset) {
  if (entry.bseq != s.version)
    return corrupt(entry, "expected position " + std::to_string(s.version));
  auto e = event_of(entry);
  if (!e)
    return e;
  if (!fits(s, *e, find_ruleset))
    return corrupt(entry, entry.kind + " does not fit the bout so far");
  return e;
}

result<unit>
bout_folder::check_command(const audit::entry_fields& entry) const {
  const auto& cmd = entry.cmd;
  if (!cmd)
    return open_ ? result<unit>{corrupt(entry, "cuts a command in two")}
                 : result<unit>{unit{}};
  auto id = parse_uuid(cmd->id);
  if (!id)
    return corrupt(entry, "'" + cmd->id + "' is no command id");
  auto expected = open_ ? open_->part + 1 : 0;
  if (cmd->part != expected || cmd->part >= cmd->of
      || (open_
          && (open_->id != cmd->id || open_->digest != cmd->digest
              || open_->of != cmd->of)))
    return corrupt(entry, "is not the next part of its command");
  if (state_.commands.contains(*id))
    return corrupt(entry, "repeats the command " + cmd->id);
  return unit{};
}

void bout_folder::note_command(const audit::entry_fields& entry) {
  if (!entry.cmd)
    return;
  if (entry.body_digest)
    body_digest_ = entry.body_digest;
  erased_ = erased_ || entry.erased;
  if (entry.cmd->part + 1 < entry.cmd->of) {
    open_ = entry.cmd;
    return;
  }
  auto digest = body_digest_.value_or(entry.cmd->digest);
  bout::remember(state_, *parse_uuid(entry.cmd->id), digest,
                 state_.version - entry.cmd->part, state_.version, entry.seq,
                 erased_ && !body_digest_);
  open_.reset();
  body_digest_.reset();
  erased_ = false;
}

result<unit> bout_folder::add(const audit::entry_fields& entry) {
  if (entry.bseq != state_.version)
    return corrupt(entry,
                   "expected position " + std::to_string(state_.version));
  if (auto ok = check_command(entry); !ok)
    return ok;
  auto e = next_event(state_, entry, find_ruleset_);
  if (!e)
    return e.reason();
  bout::apply(state_, *e, find_ruleset_);
  note_command(entry);
  return unit{};
}

result<bout::state> bout_folder::finish() && {
  if (open_)
    return refuse(ec::corrupt, "the journal ends within the command "
                                 + open_->id + " after event "
                                 + std::to_string(state_.version));
  return std::move(state_);
}

result<bout::state> fold_bout(std::span<const audit::entry_fields> entries,
                              const bout::ruleset_lookup& find_ruleset) {
  bout_folder folder{find_ruleset};
  for (const auto& entry : entries)
    if (auto ok = folder.add(entry); !ok)
      return ok.reason();
  return std::move(folder).finish();
}

result<bout::state> fold_bout(std::span<const std::string> entries,
                              const bout::ruleset_lookup& find_ruleset) {
  bout_folder folder{find_ruleset};
  for (const auto& bytes : entries) {
    auto entry = audit::read_entry(bytes, nullptr);
    if (!entry)
      return refuse(ec::corrupt, entry.reason().detail);
    if (auto ok = folder.add(*entry); !ok)
      return ok.reason();
  }
  return std::move(folder).finish();
}

} // namespace ringside::wire
