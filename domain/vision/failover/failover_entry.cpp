#include "domain/vision/failover/failover_entry.hpp"

#include "domain/wire/field_reader.hpp"

#include <utility>

namespace ringside::failover {

namespace {

error unreadable(std::string_view kind, const std::string& why) {
  return refuse(ec::corrupt, std::string{kind} + ": " + why);
}

bool known_kind(std::string_view kind) {
  return kind == kind_mode_changed || kind == kind_mode_overridden
         || kind == kind_mode_released;
}

} // namespace

bool valid_arena(std::string_view name) noexcept {
  return json::valid_key(name);
}

json::object failover_data(const failover_fact& what) {
  json::object o{{"arena", what.arena},
                 {"version", static_cast<std::int64_t>(what.version)},
                 {"mode", text_of(what.mode)},
                 {"reason", what.reason},
                 {"at_us", what.at.count}};
  if (what.from)
    o["from"] = text_of(*what.from);
  return o;
}

void fold(arena_record& a, const failover_fact& what) {
  if (what.version <= a.version)
    return;
  a.version = what.version;
  if (what.kind != kind_mode_released) {
    a.mode = what.mode;
    a.since = what.at;
  }
  if (what.kind == kind_mode_overridden)
    a.overridden = what;
  else if (what.kind == kind_mode_released)
    a.overridden.reset();
  a.history.push_back(what);
  if (a.history.size() > arena_record::history_max)
    a.history.pop_front();
}

result<unit> apply_failover_entry(arena_map& all,
                                  const audit::entry_fields& entry) {
  if (!known_kind(entry.kind))
    return unreadable(entry.kind, "nobody knows this entry");
  failover_fact x;
  x.kind = entry.kind;
  x.by = entry.actor;
  std::int64_t at = 0;
  wire::field_reader f{entry.data, wire::origin::journal};
  f.name("arena", x.arena);
  f.integer("version", x.version, 1, json::integer_max);
  f.word("mode", x.mode);
  f.optional_word("from", x.from);
  f.name("reason", x.reason);
  f.integer("at_us", at, 0, json::integer_max);
  if (auto ok = f.finish(); !ok)
    return unreadable(entry.kind, ok.reason().detail);
  if (!valid_arena(x.arena))
    return unreadable(entry.kind, "'" + x.arena + "' is no arena");
  x.at = {at};
  fold(all[x.arena], x);
  return unit{};
}

} // namespace ringside::failover
