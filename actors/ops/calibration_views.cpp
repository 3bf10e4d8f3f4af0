#include "actors/ops/calibration.hpp"
#include "actors/protocol/records_actors.hpp"

#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/personal.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::size_t history_max = 200;
/// Somebody waits at the other end of a request of two seconds.
constexpr std::chrono::milliseconds preview_span{1'500};

std::string text(json::object fields) {
  return json::to_text(json::value{std::move(fields)});
}

json::value table_json(const calibration::settings& s) {
  json::array list;
  for (const auto& line : calibration::all_settings())
    list.emplace_back(json::object{{"name", line.name},
                                   {"unit", line.unit},
                                   {"low", line.low},
                                   {"high", line.high},
                                   {"initial", line.initial},
                                   {"value", s[line.id]},
                                   {"purpose", line.purpose}});
  return list;
}

/// One change, as the journal has it.
json::object history_item(const audit::entry_fields& e) {
  json::object o = *e.data.as_object();
  o["version"] = e.bseq + 1;
  o["position"] = e.seq;
  o["at_utc_ms"] = e.t.count / 1'000'000;
  o["by"] = e.actor;
  o["kind"] = e.kind;
  return o;
}

protocol::text_answer history_page(const protocol::entry_list& rows,
                                   int version) {
  json::array list;
  for (const auto& row : *rows) {
    auto entry = audit::read_entry(row.bytes, row.personal);
    if (!entry)
      return {refuse(ec::corrupt, entry.reason().detail)};
    list.emplace_back(history_item(*entry));
  }
  return {text({{"version", version}, {"history", std::move(list)}})};
}

/// What only profiles of one kind say of themselves.
struct detail_writer {
  json::object& o;

  void operator()(const std::shared_ptr<const scoring::profile>& p) const {
    o["provenance"] = p->provenance;
    o["discipline"] = text_of(p->discipline);
    o["method"] = text_of(p->method);
  }

  void
  operator()(const std::shared_ptr<const scoring::hybrid::config>& p) const {
    o["normalise"] = p->normalise;
  }

  void operator()(
    const std::shared_ptr<const scoring::normalise::profile>& p) const {
    o["provenance"] = p->provenance;
    o["comparison"] = p->comparison;
  }
};

json::object profile_json(const advice::loaded_profile& p) {
  auto mark = advice::mark_of(p);
  json::object o{{"kind", text_of(mark.kind)},
                 {"id", mark.id},
                 {"version", mark.version},
                 {"sha256", audit::to_hex(p.digest)}};
  std::visit([&o](const auto& what) { o["title"] = what->title; }, p.what);
  std::visit(detail_writer{o}, p.what);
  return o;
}

} // namespace

protocol::in_force_answer calibration_actor_state::in_force_now() const {
  if (damaged)
    return {*damaged};
  if (!force)
    return {refuse(ec::unavailable, "the calibration is being read")};
  return {force};
}

protocol::text_answer calibration_actor_state::view() const {
  if (damaged)
    return {*damaged};
  if (!force)
    return {refuse(ec::unavailable, "the calibration is being read")};
  auto body = advice::settings_json(known.settings);
  body["version"] = known.version;
  body["position"] = known.position;
  body["settings"] = table_json(known.settings);
  return {text(std::move(body))};
}

protocol::text_answer calibration_actor_state::profiles() const {
  if (damaged)
    return {*damaged};
  json::array list;
  for (const auto& mark : known.profiles)
    for (const auto& p : pool)
      if (advice::mark_of(p) == mark) {
        list.emplace_back(profile_json(p));
        break;
      }
  json::object body;
  body["calibration_version"] = known.version;
  body["default_profile"] = known.settings.default_profile;
  body["hybrid_profile"] = known.settings.hybrid_profile;
  body["profiles"] = std::move(list);
  return {text(std::move(body))};
}

calibration_actor_state::promise calibration_actor_state::history(
  const protocol::get_calibration_history& what) {
  auto reply = self->make_response_promise<protocol::text_answer>();
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{
      protocol::calibration_bout,
      static_cast<std::uint32_t>(std::max(what.after_version, 0)),
      std::clamp<std::size_t>(what.limit, 1, history_max)},
    [this, reply](const protocol::entries_answer& page) mutable {
      if (const auto* reason = std::get_if<error>(&page.outcome))
        reply.deliver(protocol::text_answer{*reason});
      else
        reply.deliver(history_page(std::get<protocol::entry_list>(page.outcome),
                                   known.version));
    },
    [reply](const error& reason) mutable {
      reply.deliver(protocol::text_answer{reason});
    });
  return reply;
}

// -- preview ------------------------------------------------------------------

calibration_actor_state::promise
calibration_actor_state::preview(const protocol::preview_calibration& what) {
  if (damaged || !force)
    return refused(std::get<error>(in_force_now().outcome));
  if (running_preview)
    return refused(refuse(ec::overloaded, "another preview is being made", {},
                          "try again in a moment"));
  auto next = calibration::with(known.settings, what.wanted);
  if (!next)
    return refused(next.reason());
  auto wanted = known;
  wanted.settings = *next;
  auto after = advice::put_in_force(wanted, pool);
  if (auto ok = advice::check_in_force(*after); !ok)
    return refused(ok.reason());
  running_preview = std::make_shared<calibration_preview>(
    deps.rulesets, force, std::move(after),
    std::clamp<std::size_t>(what.rounds, 1, calibration_preview::rounds_max));
  preview_until = self->clock().now() + preview_span;
  auto reply = self->make_response_promise<protocol::text_answer>();
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, preview_span, protocol::read_tails{},
    [this, reply](const protocol::tails_answer& x) mutable {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return fail_preview(std::move(reply), *reason);
      running_preview->begin(
        std::get<std::vector<persistence::bout_tail>>(x.outcome));
      go_on(std::move(reply));
    },
    [this, reply](const error& reason) mutable {
      fail_preview(std::move(reply), reason);
    });
  return reply;
}

void calibration_actor_state::go_on(promise reply) {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
    preview_until - self->clock().now());
  auto page = running_preview->next();
  if (!page || left.count() <= 0)
    return finish_preview(std::move(reply));
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, left, *page,
    [this, reply](const protocol::entries_answer& x) mutable {
      const auto* reason = std::get_if<error>(&x.outcome);
      if (reason != nullptr && reason->code != ec::corrupt)
        return fail_preview(std::move(reply), *reason);
      if (reason != nullptr)
        running_preview->skip_bout();
      else
        running_preview->take(std::get<protocol::entry_list>(x.outcome));
      go_on(std::move(reply));
    },
    [this, reply](const error& reason) mutable {
      if (reason.code == ec::timeout)
        finish_preview(std::move(reply));
      else
        fail_preview(std::move(reply), reason);
    });
}

void calibration_actor_state::finish_preview(promise reply) {
  auto body = running_preview->answer();
  running_preview.reset();
  body["version"] = known.version;
  reply.deliver(protocol::text_answer{text(std::move(body))});
}

void calibration_actor_state::fail_preview(promise reply, const error& reason) {
  running_preview.reset();
  reply.deliver(protocol::text_answer{reason});
}

} // namespace ringside
