#include "tests/sim/invariants.hpp"

#include "domain/audit/personal.hpp"
#include "domain/wire/entry_codec.hpp"
#include "domain/wire/view.hpp"
#include "persistence/journal_check.hpp"
#include "persistence/memory/memory_journal_store.hpp"

#include <cstdlib>
#include <utility>

namespace ringside::sim {

namespace {

constexpr std::string_view secret_mark = "secret-s";

std::int64_t number(const json::value& v, std::string_view key) {
  const auto* field = v.find(key);
  const auto* n = field != nullptr ? field->as_int() : nullptr;
  return n != nullptr ? *n : 0;
}

/// One look at one thing that was shown.
class onlooker {
public:
  onlooker(run_log& log, const truth& durable, const truth::bout_truth& b,
           const shown& to, bout::event_no version)
    : log_(log), durable_(durable), b_(b), to_(to), version_(version) {
    // nop
  }

  void card(std::int64_t seat, std::int64_t round) const {
    if (!durable_.card_open(b_, static_cast<int>(seat), static_cast<int>(round),
                            to_.who, version_))
      log_.fail("the wall: " + to_.where + " shows the card of seat "
                + std::to_string(seat) + " for round " + std::to_string(round)
                + " at version " + std::to_string(version_) + " to "
                + std::string{audience_name()} + " of "
                + std::to_string(to_.who.seat));
  }

  /// Marks on cards, wherever they are in the text.
  void marks(const std::string& text) const {
    for (auto at = text.find(secret_mark); at != std::string::npos;
         at = text.find(secret_mark, at + 1)) {
      char* end = nullptr;
      auto seat = std::strtol(text.c_str() + at + secret_mark.size(), &end, 10);
      card(seat, std::strtol(end + 2, nullptr, 10));
    }
  }

  void cards(const json::object& all) const {
    for (const auto& [key, list] : all) {
      if (list.as_array() == nullptr || key == "picks_wanted")
        continue;
      for (const auto& item : *list.as_array()) {
        auto seat = number(item, "seat");
        if (key.starts_with("round_"))
          card(seat, std::strtol(key.c_str() + 6, nullptr, 10));
        else if (key == "totals")
          for (std::int64_t n = 1; n <= number(item, "rounds"); ++n)
            card(seat, n);
      }
    }
  }

  void result(const json::value& outcome) const {
    auto hidden
      = outcome.as_object() != nullptr && outcome.as_object()->empty();
    auto official = b_.published && *b_.published <= version_;
    if (!hidden && !official && to_.who.who != wire::audience::kind::control)
      log_.fail("the wall: " + to_.where
                + " shows a result before it is published");
  }

  void event(const json::value& e) const {
    const auto* type = e.find("type");
    const auto* data = e.find("data");
    if (type == nullptr || type->as_string() == nullptr || data == nullptr)
      return log_.fail(to_.where + " holds an event without type or data");
    const auto& kind = *type->as_string();
    if ((kind == "card_filed" || kind == "card_revised")
        && data->find("red_x10") != nullptr)
      card(number(*data, "seat"), number(*data, "round"));
    if (kind == "result_derived")
      result(*data);
  }

private:
  const char* audience_name() const {
    static constexpr const char* names[]{"control", "desk", "a judge",
                                         "broadcast", "the public"};
    return names[static_cast<std::size_t>(to_.who.who)];
  }

  run_log& log_;
  const truth& durable_;
  const truth::bout_truth& b_;
  const shown& to_;
  bout::event_no version_;
};

/// Entries of which the proof says that they were erased, or not, in silence.
std::set<std::uint64_t> unclear(const audit::verify_report& report) {
  std::set<std::uint64_t> found;
  for (const auto& f : report.findings)
    if (f.kind == audit::finding_kind::erasure_unclear)
      found.insert(f.index);
  return found;
}

} // namespace

void check_view(run_log& log, const truth& durable, const shown& to,
                const json::value& view) {
  const auto* b = durable.find(to.bout);
  auto version = static_cast<bout::event_no>(number(view, "version"));
  if (b == nullptr || version == 0 || version > b->state.version)
    return log.fail(to.where + " shows version " + std::to_string(version)
                    + " of " + to.bout.str() + ", which is not durable");
  onlooker eye{log, durable, *b, to, version};
  eye.marks(json::to_text(view));
  if (const auto* cards = view.find("cards"); cards && cards->as_object())
    eye.cards(*cards->as_object());
  if (const auto* result = view.find("result"))
    eye.result(*result);
}

void check_whole(run_log& log, const truth& durable, const shown& to,
                 const json::object& view) {
  const auto* b = durable.find(to.bout);
  auto version = view.find("version");
  if (b == nullptr || version == view.end()
      || version->second.as_int() == nullptr
      || *version->second.as_int() != b->state.version)
    return;
  auto wanted = wire::render_all(b->state, to.bout, to.who);
  if (view != wanted)
    log.fail(to.where + " is not the fold of the journal:\n  "
             + json::to_text(json::value{view}) + "\n  "
             + json::to_text(json::value{std::move(wanted)}));
}

void check_events(run_log& log, const truth& durable, const shown& to,
                  const json::value& events, bout::event_no version) {
  const auto* b = durable.find(to.bout);
  if (b == nullptr || events.as_array() == nullptr)
    return log.fail(to.where + " shows events of an unknown bout");
  if (version > b->state.version)
    return log.fail(to.where + " shows events that are not durable");
  onlooker eye{log, durable, *b, to, version};
  eye.marks(json::to_text(events));
  for (const auto& e : *events.as_array())
    eye.event(e);
}

void check_folds(run_log& log, const truth& durable,
                 const std::shared_ptr<persistence::memory_disk>& disk,
                 const bout::ruleset_lookup& rulesets) {
  auto store
    = persistence::memory_journal_store::open(disk, {.read_only = true});
  if (!store)
    return log.fail("the disk cannot be read: " + store.reason().detail);
  const wire::audience control{wire::audience::kind::control, 0};
  for (const auto& [id, known] : durable.bouts()) {
    auto rows = (*store)->read_bout(id, 0, limits::bout_events_max);
    if (!rows)
      return log.fail("a bout cannot be read: " + rows.reason().detail);
    std::vector<audit::entry_fields> entries;
    for (const auto& row : *rows) {
      auto fields = audit::read_entry(row.bytes, row.personal);
      if (!fields)
        return log.fail("an entry cannot be read: " + fields.reason().detail);
      entries.push_back(std::move(*fields));
    }
    auto folded = wire::fold_bout(entries, rulesets);
    if (!folded)
      return log.fail("a bout does not fold: " + folded.reason().detail);
    if (wire::render_all(*folded, id, control)
          != wire::render_all(known.state, id, control)
        || folded->commands.empty())
      log.fail("bout " + id.str() + " folds to another state");
  }
}

void check_proof(run_log& log, const truth& durable,
                 const std::shared_ptr<persistence::memory_disk>& disk,
                 const audit::signing_key& key,
                 const std::optional<audit::signer_state>& signed_last) {
  auto store
    = persistence::memory_journal_store::open(disk, {.read_only = true});
  if (!store)
    return log.fail("the disk cannot be read: " + store.reason().detail);
  audit::verify_options options;
  options.origin = key.verifier().name;
  options.keys = {{key.verifier()}};
  auto report = persistence::verify_store(**store, options, signed_last);
  if (!report)
    return log.fail("the journal cannot be verified: "
                    + report.reason().detail);
  if (!report->sound())
    log.fail("the journal does not verify: " + report->findings.front().detail);
  else if (report->erased != durable.erased().size()
           || unclear(*report) != durable.half_erased())
    log.fail("the proof tells another story of erased texts");
  else if (report->signed_size != report->entries)
    log.fail("the last checkpoint covers " + std::to_string(report->signed_size)
             + " of " + std::to_string(report->entries) + " entries");
}

} // namespace ringside::sim
