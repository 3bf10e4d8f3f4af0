#include "domain/vision/intake/source_entry.hpp"

#include "domain/wire/field_reader.hpp"

namespace ringside::intake {

namespace {

error unreadable(std::string_view kind, const std::string& why) {
  return refuse(ec::corrupt, std::string{kind} + ": " + why);
}

result<unit> apply_created(source_map& all, const json::value& data) {
  source_fact s;
  std::string bout;
  std::string arena;
  wire::field_reader f{data, wire::origin::journal};
  f.name("id", s.id);
  f.name("name", s.name);
  f.word("kind", s.kind);
  f.word("mode", s.mode);
  f.optional_name("arena", arena);
  f.optional_name("vendor", s.vendor);
  f.name("mapping", s.mapping);
  f.integer("rate_hz", s.rate_hz, 1, rate_max);
  f.flag("workers", s.workers, false);
  f.optional_name("account", s.account);
  f.optional_name("bout_id", bout);
  if (auto ok = f.finish(); !ok)
    return unreadable(kind_source_created, ok.reason().detail);
  s.bout = bout_id{std::move(bout)};
  if (!arena.empty())
    s.arena = std::move(arena);
  if (!valid_id_text(s.id) || all.contains(s.id))
    return unreadable(kind_source_created, "'" + s.id + "' is no new id");
  auto id = s.id;
  all.emplace(std::move(id), std::move(s));
  return unit{};
}

result<unit> apply_assigned(source_map& all, const json::value& data) {
  std::string id;
  std::string bout;
  wire::field_reader f{data, wire::origin::journal};
  f.name("id", id);
  f.optional_name("bout_id", bout);
  if (auto ok = f.finish(); !ok)
    return unreadable(kind_source_assigned, ok.reason().detail);
  auto i = all.find(id);
  if (i == all.end())
    return unreadable(kind_source_assigned, "there is no source '" + id + "'");
  i->second.bout = bout_id{std::move(bout)};
  return unit{};
}

result<unit> apply_drained(source_map& all, const json::value& data) {
  std::string id;
  bool on = false;
  wire::field_reader f{data, wire::origin::journal};
  f.name("id", id);
  f.flag("on", on, false);
  if (auto ok = f.finish(); !ok)
    return unreadable(kind_source_drained, ok.reason().detail);
  auto i = all.find(id);
  if (i == all.end() || i->second.kind != source_kind::worker)
    return unreadable(kind_source_drained, "there is no worker '" + id + "'");
  i->second.draining = on;
  return unit{};
}

} // namespace

json::object source_json(const source_fact& s) {
  json::object o;
  o["id"] = s.id;
  o["name"] = s.name;
  o["kind"] = text_of(s.kind);
  o["mode"] = text_of(s.mode);
  o["arena"] = s.arena;
  o["mapping"] = s.mapping;
  o["rate_hz"] = s.rate_hz;
  // What is not set is left out: no field of an entry is ever empty.
  if (s.workers)
    o["workers"] = true;
  if (!s.vendor.empty())
    o["vendor"] = s.vendor;
  if (!s.account.empty())
    o["account"] = s.account;
  if (!s.bout.empty())
    o["bout_id"] = s.bout.str();
  return o;
}

json::value source_assigned_data(std::string_view id, const bout_id& bout) {
  json::object o;
  o["id"] = id;
  if (!bout.empty())
    o["bout_id"] = bout.str();
  return o;
}

json::value source_drained_data(std::string_view id, bool on) {
  return json::object{{"id", id}, {"on", on}};
}

result<unit> apply_source_entry(source_map& all, std::string_view kind,
                                const json::value& data) {
  if (kind == kind_source_created)
    return apply_created(all, data);
  if (kind == kind_source_assigned)
    return apply_assigned(all, data);
  if (kind == kind_source_drained)
    return apply_drained(all, data);
  return unreadable(kind, "nobody knows this entry");
}

} // namespace ringside::intake
