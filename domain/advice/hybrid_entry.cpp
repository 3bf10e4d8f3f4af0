#include "domain/advice/hybrid_entry.hpp"

#include "domain/audit/unreadable.hpp"
#include "domain/wire/field_reader.hpp"
#include "domain/wire/field_writer.hpp"

#include <utility>

namespace ringside::scoring::hybrid {

namespace {

constexpr std::int64_t all_ppm = 1'000'000;
constexpr std::int64_t hour_ms = 3'600'000;

} // namespace

// Found by the reader and the writer of lists.

template <class F>
void fields(F& f, evidence& x) {
  f.name("id", x.id);
  f.optional_name("act_id", x.act_id);
  f.word("source", x.source);
  f.name("reporter", x.reporter);
  f.corner("corner", x.corner);
  f.word("act", x.act);
  f.integer("severity_ppm", x.severity.count, 0, all_ppm);
  f.integer("confidence_ppm", x.confidence.count, 0, all_ppm);
  f.integer("at_ms", x.at.count, 0, hour_ms);
  f.integer_or("lasted_ms", x.lasted.count, std::int64_t{0}, 0, hour_ms);
}

template <class F>
void fields(F& f, withdraw& x) {
  f.name("id", x.id);
  f.text("reason", x.reason);
}

template <class F>
void fields(F& f, change_coverage& x) {
  f.word("watched", x.watched);
  f.text("reason", x.reason);
}

} // namespace ringside::scoring::hybrid

namespace ringside::advice {

namespace {

template <class F>
void fields(F& f, hybrid_news& x) {
  f.integer("round", x.round, 1, limits::rounds_max);
  if constexpr (F::reads) {
    if (f.has("coverage"))
      f.object("coverage", x.coverage.emplace());
  } else if (x.coverage) {
    f.object("coverage", *x.coverage);
  }
  f.list("reports", x.reports, hybrid_news_max);
  f.list("withdrawn", x.withdrawn, hybrid_news_max);
}

result<unit> apply_news(hybrid_book& book, const audit::entry_fields& entry) {
  wire::field_reader f{entry.data, wire::origin::journal};
  hybrid_news news;
  fields(f, news);
  if (auto ok = f.finish(); !ok)
    return audit::unreadable(entry, "hybrid scoring", ok.reason().detail);
  auto& record = book.rounds[news.round];
  ++record.heard;
  if (news.coverage)
    record.watched = news.coverage->watched;
  for (auto& one : news.reports)
    record.reports.insert_or_assign(one.id, one);
  for (const auto& one : news.withdrawn) {
    record.reports.erase(one.id);
    record.withdrawn.insert(one.id);
  }
  return unit{};
}

result<unit> apply_lock(hybrid_book& book, const audit::entry_fields& entry,
                        std::uint64_t position) {
  wire::field_reader f{entry.data, wire::origin::journal};
  hybrid_lock lock;
  int round = 0;
  f.integer("round", round, 1, limits::rounds_max);
  f.integer("revision", lock.revision, 1, 1'000'000);
  f.integer("version", lock.version, 0, limits::bout_events_max);
  f.integer("heard", lock.heard, 0, 1'000'000);
  f.name("digest", lock.digest);
  const auto* shown = f.required("shown");
  if (auto ok = f.finish(); !ok)
    return audit::unreadable(entry, "hybrid scoring", ok.reason().detail);
  if (shown->as_object() == nullptr)
    return audit::unreadable(entry, "hybrid scoring", "shows nothing");
  lock.shown = *shown->as_object();
  lock.position = position;
  book.rounds[round].locks.push_back(std::move(lock));
  return unit{};
}

} // namespace

bout_id hybrid_chain(const bout_id& id) {
  return bout_id{"_hybrid." + id.str()};
}

const hybrid_record& hybrid_book::of(int round) const {
  static const hybrid_record none;
  auto found = rounds.find(round);
  return found != rounds.end() ? found->second : none;
}

json::value evidence_data(hybrid_news what) {
  wire::field_writer f;
  fields(f, what);
  return std::move(f).take();
}

json::value lock_data(int round, const hybrid_lock& what) {
  return json::object{{"round", round},          {"revision", what.revision},
                      {"version", what.version}, {"heard", what.heard},
                      {"digest", what.digest},   {"shown", what.shown}};
}

result<unit> apply_hybrid_entry(hybrid_book& book,
                                const audit::entry_fields& entry,
                                std::uint64_t position) {
  auto done = entry.kind == kind_hybrid_evidence ? apply_news(book, entry)
              : entry.kind == kind_hybrid_locked
                ? apply_lock(book, entry, position)
                : result<unit>{audit::unreadable(entry, "hybrid scoring",
                                                 "nobody knows " + entry.kind)};
  if (done)
    ++book.entries;
  return done;
}

} // namespace ringside::advice
