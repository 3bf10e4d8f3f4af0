#include "domain/vision/trust/trust_entry.hpp"

#include "domain/wire/field_reader.hpp"
#include "domain/wire/field_writer.hpp"

#include <utility>

namespace ringside::trust {

namespace {

/// Of one bout; sums of many thousand bouts stay within 64 bits.
constexpr std::int64_t count_max = 100'000'000;
constexpr std::int64_t latency_max_us = 500'000'000'000'000;

} // namespace

// Found by the reader and the writer of lists, by their argument.

template <class F>
void count_fields(F& f, source_counts& c) {
  f.integer("matched", c.matched, 0, count_max);
  f.integer("missed", c.missed, 0, count_max);
  f.integer("false_alarms", c.false_alarms, 0, count_max);
  f.integer("view_ms", c.view_ms, 0, count_max);
  f.integer("corner_right", c.corner_right, 0, count_max);
  f.integer("corner_wrong", c.corner_wrong, 0, count_max);
  f.integer("kind_right", c.kind_right, 0, count_max);
  f.integer("kind_wrong", c.kind_wrong, 0, count_max);
  f.integer("timed", c.timed, 0, count_max);
  f.integer("latency_us", c.latency_us, -latency_max_us, latency_max_us);
}

template <class F>
void fields(F& f, judged_source& x) {
  f.name("source", x.source);
  count_fields(f, x.counts);
}

template <class F>
void fields(F& f, judged_bout& x) {
  std::string bout = x.bout.str();
  f.name("bout_id", bout);
  if constexpr (F::reads)
    x.bout = bout_id{std::move(bout)};
  f.list("sources", x.sources, judged_max);
}

json::object counts_json(source_counts c) {
  wire::field_writer f;
  count_fields(f, c);
  return std::move(f).take();
}

json::object judged_data(judged_bout what) {
  wire::field_writer f;
  fields(f, what);
  return std::move(f).take();
}

const source_record& trust_book::of(std::string_view source) const {
  static const source_record nothing;
  auto found = sources.find(source);
  return found != sources.end() ? found->second : nothing;
}

void trust_book::add(const judged_bout& what) {
  ++entries;
  if (!bouts.insert(what.bout).second)
    return;
  for (const auto& x : what.sources) {
    auto& to = sources[x.source];
    to.counts += x.counts;
    ++to.bouts;
  }
}

result<unit> apply_trust_entry(trust_book& book,
                               const audit::entry_fields& entry) {
  auto unreadable = [&entry](const std::string& why) {
    return refuse(ec::corrupt, "entry " + std::to_string(entry.seq)
                                 + " of the sources: " + why);
  };
  if (entry.kind != kind_trust)
    return unreadable("nobody knows " + entry.kind);
  wire::field_reader f{entry.data, wire::origin::journal};
  judged_bout what;
  fields(f, what);
  if (auto ok = f.finish(); !ok)
    return unreadable(ok.reason().detail);
  book.add(what);
  return unit{};
}

} // namespace ringside::trust
