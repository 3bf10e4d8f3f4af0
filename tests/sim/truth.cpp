#include "tests/sim/truth.hpp"

#include "domain/audit/merkle.hpp"
#include "domain/audit/personal.hpp"
#include "domain/wire/entry_codec.hpp"
#include "tests/support/scoring_profiles.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace ringside::sim {

namespace {

using kind = wire::audience::kind;

bool by(const std::optional<bout::event_no>& when, bout::event_no version) {
  return when && *when <= version;
}

template <class Map, class Key>
bool by(const Map& when, const Key& key, bout::event_no version) {
  auto found = when.find(key);
  return found != when.end() && found->second <= version;
}

} // namespace

// -- from the disk ------------------------------------------------------------

void truth::wrote(std::span<const persistence::journal_entry> entries) {
  if (!forbidden_.empty())
    return log_.fail("something was written although " + forbidden_);
  for (const auto& row : entries)
    take(row);
}

void truth::erased(std::uint64_t seq, const persistence::memory_image& image) {
  erased_.insert(seq);
  const auto& id = image.entries[seq].bout;
  auto found = bouts_.find(id);
  if (found == bouts_.end())
    return;
  bout::state again;
  for (auto at : image.bouts.at(id)) {
    const auto& row = image.entries[at];
    auto fields = audit::read_entry(row.bytes, row.personal);
    auto event
      = fields ? wire::event_of(*fields) : result<bout::event>{fields.reason()};
    if (!event)
      return log_.fail("an event cannot be read: " + event.reason().detail);
    bout::apply(again, *event, *rulesets_);
  }
  found->second.state = std::move(again);
}

std::set<std::uint64_t> truth::half_erased() const {
  std::set<std::uint64_t> half;
  std::set_difference(said_erased_.begin(), said_erased_.end(), erased_.begin(),
                      erased_.end(), std::inserter(half, half.end()));
  return half;
}

void truth::signed_head(const audit::checkpoint& head) {
  auto what = "the head of " + std::to_string(head.size) + " entries";
  if (!forbidden_.empty())
    return log_.fail(what + " is signed although " + forbidden_);
  auto root = tree_.root_at(head.size);
  if (!root)
    return log_.fail(what + " is signed, there are only "
                     + std::to_string(entries_));
  if (*root != head.root)
    log_.fail(what + " is signed and is not the fold of the journal");
}

void truth::take(const persistence::journal_entry& row) {
  if (row.seq != entries_++)
    return log_.fail("the disk has a gap before entry "
                     + std::to_string(row.seq));
  tree_.append(audit::leaf_hash(row.bytes));
  auto fields = audit::read_entry(row.bytes, row.personal);
  if (!fields)
    return log_.fail("an entry cannot be read: " + fields.reason().detail);
  if (fields->t < last_t_)
    log_.fail("entry " + std::to_string(row.seq) + " goes back in time");
  last_t_ = fields->t;
  if (auto other = audit::erased_entry(*fields))
    said_erased_.insert(*other);
  if (fields->bout.starts_with("_hybrid."))
    return take_hybrid(*fields);
  if (fields->bout == audit::calibration_bout)
    take_calibration(*fields, row.seq);
  if (audit::is_system_chain(fields->bout))
    return;
  auto event = wire::event_of(*fields);
  if (!event)
    return log_.fail("an event cannot be read: " + event.reason().detail);
  auto& b = bouts_[row.bout];
  if (event->no != b.state.version + 1)
    return log_.fail("bout " + row.bout.str() + " has a gap in the journal");
  take_command(*fields);
  take_event(b, *event);
}

void truth::take_hybrid(const audit::entry_fields& e) {
  auto& book = hybrids_[e.bout];
  if (auto ok = advice::apply_hybrid_entry(book, e, e.seq); !ok)
    return log_.fail(ok.reason().detail);
  log_.count(e.kind);
  for (const auto& [round, record] : book.rounds) {
    auto n = record.locks.size();
    if (n > 0 && record.locks[n - 1].revision != static_cast<int>(n))
      log_.fail("a lock of " + e.bout + " has a wrong revision");
    if (n > 1 && record.locks[n - 1].version == record.locks[n - 2].version
        && record.locks[n - 1].heard == record.locks[n - 2].heard)
      log_.fail("round " + std::to_string(round) + " of " + e.bout
                + " was locked twice over the same");
  }
}

void truth::take_calibration(const audit::entry_fields& e, std::uint64_t seq) {
  auto ok = advice::apply_calibration_entry(calibration_, e, seq);
  if (!ok)
    return log_.fail("a calibration cannot be read: " + ok.reason().detail);
  in_force_[calibration_.version]
    = advice::put_in_force(calibration_, sim_profiles());
}

void truth::take_command(const audit::entry_fields& e) {
  auto id = e.cmd ? parse_uuid(e.cmd->id) : std::nullopt;
  if (!id)
    return log_.fail("entry " + std::to_string(e.seq) + " has no command");
  auto& place = commands_[*id];
  if (place.parts != e.cmd->part || (place.parts > 0 && place.parts >= place.of)
      || (place.parts > 0 && place.bout.str() != e.bout))
    return log_.fail("command " + e.cmd->id + " is in the journal twice");
  if (place.parts == 0)
    place = {bout_id{e.bout},
             e.bseq + 1,
             0,
             0,
             0,
             e.cmd->of,
             e.body_digest.value_or(e.cmd->digest),
             e.cmd->digest};
  ++place.parts;
  place.last = e.bseq + 1;
  place.position = e.seq;
}

void truth::take_event(bout_truth& b, const bout::event& e) {
  b.log.push_back(e);
  b.tallies.add(b.state, e);
  bout::apply(b.state, e, *rulesets_);
  latest_us_ = std::max(latest_us_, e.at.count);
  if (const auto* card = std::get_if<bout::card_filed>(&e.body))
    b.filed.emplace(cell{card->seat, card->round}, e.no);
  if (const auto* lock = std::get_if<bout::round_locked>(&e.body))
    b.locked.emplace(lock->round, e.no);
  if (const auto* open = std::get_if<bout::round_opened>(&e.body))
    b.opened.emplace(open->round, e.no);
  if (std::holds_alternative<bout::result_published>(e.body))
    b.published = e.no;
  if (std::holds_alternative<bout::result_derived>(e.body))
    b.ended = e.no;
}

const advice::profile_list& sim_profiles() {
  static const advice::profile_list all{test::loaded(test::plain_profile()),
                                        test::loaded(test::plain_hybrid()),
                                        test::loaded(test::plain_weights())};
  return all;
}

std::string truth::assessment(const bout_id& id, int round) const {
  auto found = bouts_.find(id);
  if (found == bouts_.end())
    return "no such bout";
  const auto& b = found->second;
  auto force = in_force(calibration_.version);
  if (!force)
    return "no calibration";
  auto made = advice::advise(*force, b.state, b.tallies, id, round);
  if (!made)
    return made.reason().detail;
  auto body = advice::advice_json(*made, id);
  if (auto hybrid = advice::hybrid_json(
        {id, b.state, b.tallies, hybrid_of(id), round}, *force))
    body["hybrid"] = std::move(*hybrid);
  return json::to_text(json::value{std::move(body)});
}

const advice::hybrid_book& truth::hybrid_of(const bout_id& id) const {
  static const advice::hybrid_book none;
  auto found = hybrids_.find(advice::hybrid_chain(id).str());
  return found != hybrids_.end() ? found->second : none;
}

// -- what clients were told ---------------------------------------------------

void truth::acknowledged(const uuid& id, const protocol::accepted& answer) {
  auto found = commands_.find(id);
  auto what = "command " + to_string(id);
  if (found == commands_.end())
    return log_.fail(what + " was acknowledged and is not in the journal");
  const auto& place = found->second;
  if (place.parts != place.of)
    return log_.fail(what + " was acknowledged in part");
  if (place.bout != answer.bout || place.first != answer.first
      || place.last != answer.last || place.last != answer.version)
    return log_.fail(what + " was acknowledged with another version");
  if (place.position != answer.position)
    log_.fail(what + " is at position " + std::to_string(place.position)
              + " and was acknowledged at " + std::to_string(answer.position));
}

bool truth::card_open(const bout_truth& b, int seat, int round,
                      const wire::audience& who, bout::event_no version) const {
  if (by(b.published, version))
    return true;
  auto locked = by(b.locked, round, version);
  auto seats = static_cast<int>(b.state.seats.size());
  if (who.who == kind::control) {
    auto all = true;
    for (int n = 1; n <= seats; ++n)
      all = all && by(b.filed, cell{n, round}, version);
    return all || locked;
  }
  if (who.who == kind::judge && who.seat == seat && seat != 0)
    return true;
  // Open scoring, as the rule set of this simulation has it: for everybody,
  // after every locked round but the last.
  const auto& open = b.state.ruleset->open_scoring;
  if (open.when == rules::reveal_when::never || !locked
      || round >= b.state.scheduled_rounds)
    return false;
  return who.who != kind::judge || by(b.filed, cell{who.seat, round}, version);
}

const truth::bout_truth* truth::find(const bout_id& id) const {
  auto found = bouts_.find(id);
  return found != bouts_.end() ? &found->second : nullptr;
}

} // namespace ringside::sim
