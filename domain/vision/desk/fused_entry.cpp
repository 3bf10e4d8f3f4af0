#include "domain/vision/desk/fused_entry.hpp"

#include "domain/wire/field_reader.hpp"
#include "domain/wire/field_writer.hpp"

#include <algorithm>
#include <utility>

namespace ringside::desk {

namespace {

constexpr std::int64_t all_ppm = 1'000'000;
constexpr std::int64_t int_max = 2'000'000'000;

} // namespace

// Found by the reader and the writer of lists, by their argument.

template <class F>
void fields(F& f, fused_source& x) {
  f.name("source", x.source);
  f.integer("seq", x.seq, 0, json::integer_max);
  f.integer("dt_us", x.dt_us, -int_max, int_max);
  f.integer("llr_milli", x.llr_milli, -int_max, int_max);
  f.flag("late", x.late, false);
}

template <class F>
void fields(F& f, fused_fact& x) {
  f.name("event_id", x.id);
  f.integer("rev", x.rev, 1, int_max);
  f.word("state", x.state);
  f.word("standing", x.standing);
  f.integer("t_us", x.t.count, 0, json::integer_max);
  f.integer("t_err_us", x.t_err_us, 0, int_max);
  f.integer_or("round", x.round, 0, 0, limits::rounds_max);
  auto at = x.at ? std::optional{x.at->count} : std::nullopt;
  f.optional_integer("round_ms", at, 0, json::integer_max);
  if constexpr (F::reads)
    x.at = at ? std::optional{round_ms{*at}} : std::nullopt;
  f.optional_corner("corner", x.corner);
  f.integer_or("corner_ppm", x.corner_p.count, 0, 0, all_ppm);
  f.name("kind", x.kind);
  f.word_or("target", x.target, bout::strike_target::unknown);
  f.integer_or("severity_ppm", x.severity.count, -1, -1, all_ppm);
  f.integer("p_ppm", x.p.count, 0, all_ppm);
  f.integer("silence_milli", x.silence_milli, -int_max, int_max);
  f.list("sources", x.sources, fused_sources_max);
  f.name("plan", x.plan);
  f.integer("plan_version", x.plan_version, 0, int_max);
  f.integer("parameters", x.parameters, 0, int_max);
}

bout_id fused_chain(const bout_id& id) {
  return bout_id{"_fused." + id.str()};
}

json::object fused_data(fused_fact what) {
  wire::field_writer f;
  fields(f, what);
  return std::move(f).take();
}

result<fused_fact> read_fused(const audit::entry_fields& entry) {
  auto unreadable = [&entry](const std::string& why) {
    return refuse(ec::corrupt, "entry " + std::to_string(entry.seq)
                                 + " of the fusion: " + why);
  };
  if (entry.kind != kind_fused)
    return unreadable("nobody knows " + entry.kind);
  wire::field_reader f{entry.data, wire::origin::journal};
  fused_fact out;
  fields(f, out);
  if (auto ok = f.finish(); !ok)
    return unreadable(ok.reason().detail);
  return out;
}

const fused_fact* fused_book::find(std::string_view id) const noexcept {
  auto found = std::find_if(facts.rbegin(), facts.rend(),
                            [id](const fused_fact& x) { return x.id == id; });
  return found != facts.rend() ? &*found : nullptr;
}

void fused_book::add(const fused_fact& what) {
  ++entries;
  if (!parameters)
    parameters = what.parameters;
  for (const auto& s : what.sources) {
    auto& last = newest[s.source];
    if (s.seq >= last.seq)
      last = {s.seq, {what.t.count + s.dt_us}};
  }
  auto known
    = std::find_if(facts.begin(), facts.end(),
                   [&what](const fused_fact& x) { return x.id == what.id; });
  if (known != facts.end())
    *known = what;
  else
    facts.push_back(what);
  if (facts.size() > facts_max)
    facts.pop_front();
}

result<unit> apply_fused_entry(fused_book& book,
                               const audit::entry_fields& entry) {
  auto what = read_fused(entry);
  if (!what)
    return what.reason();
  book.add(*what);
  return unit{};
}

} // namespace ringside::desk
