#include "actors/ops/calibration.hpp"

#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/personal.hpp"
#include "domain/base/limits.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

error nothing_to_change() {
  return refuse(ec::invalid_value, "nothing would be different", "values");
}

} // namespace

void calibration_actor_state::init(calibration_deps what) {
  deps = std::move(what);
  loading = true;
  read_files();
  load();
}

calibration_actor_state::ready_promise calibration_actor_state::when_ready() {
  auto result = self->make_response_promise<is_ready>();
  if (loading)
    waiting.push_back(result);
  else
    result.deliver(is_ready{});
  return result;
}

// -- changing -----------------------------------------------------------------

calibration_actor_state::promise
calibration_actor_state::refused(error reason) {
  auto result = self->make_response_promise<protocol::text_answer>();
  result.deliver(protocol::text_answer{std::move(reason)});
  return result;
}

std::optional<error> calibration_actor_state::busy() const {
  if (damaged)
    return damaged;
  if (loading)
    return refuse(ec::unavailable, "the calibration is being read", {},
                  "try again in a moment");
  if (changing)
    return refuse(ec::unavailable, "another change is being written", {},
                  "read the calibration again, then try again");
  return std::nullopt;
}

std::optional<error>
calibration_actor_state::wrong_request(int version,
                                       const std::string& reason) const {
  if (auto why = busy())
    return why;
  if (reason.empty() || reason.size() > limits::text_bytes_max)
    return refuse(ec::reason_required,
                  "a change needs a reason of 1 to 2000 bytes", "reason");
  if (version == known.version)
    return std::nullopt;
  return refuse(ec::wrong_state,
                "the calibration is at version " + std::to_string(known.version)
                  + ", not " + std::to_string(version),
                "version", "look at what changed, then try again");
}

result<unit> calibration_actor_state::check_settings(
  const calibration::settings& next) const {
  auto wanted = known;
  wanted.settings = next;
  return advice::check_in_force(*advice::put_in_force(wanted, pool));
}

void calibration_actor_state::commit(change what,
                                     std::function<void(const error*)> done) {
  changing = true;
  persistence::append_batch batch{
    protocol::calibration_bout, static_cast<std::uint32_t>(known.version), {}};
  batch.drafts.push_back({to_string(what.by), std::string{what.kind},
                          json::to_text(what.data), std::nullopt});
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  auto lost = [this, done](const error& reason) {
    changing = false;
    done(&reason);
    // It may have been written all the same.
    resync();
  };
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [this, done, lost, what](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return lost(*reason);
      changing = false;
      committed(std::get<protocol::appended>(x.outcome), what);
      done(nullptr);
    },
    lost);
}

void calibration_actor_state::committed(const protocol::appended& place,
                                        const change& what) {
  audit::entry_fields entry;
  entry.kind = what.kind;
  entry.data = what.data;
  entry.seq = place.first_seq;
  RINGSIDE_CHECK(
    advice::apply_calibration_entry(known, entry, place.first_seq));
  announce();
}

calibration_actor_state::promise
calibration_actor_state::answer_after(change what) {
  auto result = self->make_response_promise<protocol::text_answer>();
  commit(std::move(what), [this, result](const error* reason) mutable {
    if (reason != nullptr)
      result.deliver(protocol::text_answer{*reason});
    else
      result.deliver(view());
  });
  return result;
}

calibration_actor_state::promise
calibration_actor_state::set(const protocol::set_calibration& what) {
  if (auto why = wrong_request(what.version, what.reason))
    return refused(std::move(*why));
  auto next = calibration::with(known.settings, what.wanted);
  if (!next)
    return refused(next.reason());
  if (*next == known.settings)
    return refused(nothing_to_change());
  if (auto ok = check_settings(*next); !ok)
    return refused(ok.reason());
  return answer_after(
    {what.by, advice::kind_calibration_changed,
     advice::change_data(known.settings, *next, what.reason)});
}

// -- going back ---------------------------------------------------------------

calibration_actor_state::promise
calibration_actor_state::go_back(const protocol::roll_back& what) {
  if (auto why = wrong_request(what.version, what.reason))
    return refused(std::move(*why));
  if (what.to < 0 || what.to >= known.version)
    return refused(refuse(ec::invalid_value, "there is no such earlier version",
                          "to", "GET /calibration/history lists them"));
  changing = true;
  auto reply = self->make_response_promise<protocol::text_answer>();
  read_back(std::make_shared<advice::calibration_state>(), what, reply);
  return reply;
}

void calibration_actor_state::read_back(
  std::shared_ptr<advice::calibration_state> past, protocol::roll_back what,
  promise reply) {
  auto left = static_cast<std::size_t>(what.to - past->version);
  if (left == 0)
    return go_back_to(past->settings, what, std::move(reply));
  auto fail = [this, reply](const error& reason) mutable {
    changing = false;
    reply.deliver(protocol::text_answer{reason});
  };
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{protocol::calibration_bout,
                        static_cast<std::uint32_t>(past->version),
                        std::min(left, journal_page)},
    [this, past, what, reply,
     fail](const protocol::entries_answer& page) mutable {
      if (const auto* reason = std::get_if<error>(&page.outcome))
        return fail(*reason);
      const auto& rows = *std::get<protocol::entry_list>(page.outcome);
      if (rows.empty())
        return fail(refuse(ec::corrupt, "the calibration's chain has a gap"));
      for (const auto& row : rows) {
        auto entry = audit::read_entry(row.bytes, row.personal);
        if (!entry)
          return fail(entry.reason());
        if (auto ok = advice::apply_calibration_entry(*past, *entry, row.seq);
            !ok)
          return fail(ok.reason());
      }
      read_back(past, what, std::move(reply));
    },
    fail);
}

void calibration_actor_state::go_back_to(const calibration::settings& past,
                                         const protocol::roll_back& what,
                                         promise reply) {
  changing = false;
  auto ok = past == known.settings ? ringside::result<unit>{nothing_to_change()}
            : loading              ? ringside::result<unit>{*busy()}
                                   : check_settings(past);
  if (!ok) {
    reply.deliver(protocol::text_answer{ok.reason()});
    return;
  }
  commit({what.by, advice::kind_calibration_changed,
          advice::change_data(known.settings, past, what.reason, what.to)},
         [this, reply](const error* reason) mutable {
           if (reason != nullptr)
             reply.deliver(protocol::text_answer{*reason});
           else
             reply.deliver(view());
         });
}

// -- profiles -----------------------------------------------------------------

calibration_actor_state::promise
calibration_actor_state::reload(const protocol::reload_profiles& what) {
  if (auto why = wrong_request(known.version, what.reason))
    return refused(std::move(*why));
  if (!deps.read_profiles)
    return refused(refuse(ec::not_found, "this node reads no profiles"));
  if (!noted)
    return refused(refuse(ec::unavailable,
                          "the profiles of the start are not noted yet", {},
                          "try again in a moment"));
  auto read = deps.read_profiles();
  if (!read)
    return refused(read.reason());
  auto marks = advice::marks_of(*read);
  if (auto ok = advice::check_profiles(known, marks); !ok)
    return refused(ok.reason());
  if (marks == known.profiles)
    return refused(refuse(ec::invalid_value, "the files are the ones in use"));
  auto next = known;
  next.profiles = marks;
  if (auto ok = advice::check_in_force(*advice::put_in_force(next, *read)); !ok)
    return refused(ok.reason());
  // Those in use now stay in the pool: until the entry is there they are it.
  std::erase_if(pool, [this](const advice::loaded_profile& p) {
    return std::find(known.profiles.begin(), known.profiles.end(),
                     advice::mark_of(p))
           == known.profiles.end();
  });
  pool.insert(pool.end(), read->begin(), read->end());
  return answer_after({what.by, advice::kind_profiles_loaded,
                       advice::profiles_data(marks, what.reason)});
}

calibration_impl::behavior_type
calibration_behavior(calibration_actor_state::pointer self,
                     calibration_deps deps) {
  harden(self, deps.services->log, "node/calibration");
  self->state.init(std::move(deps));
  return {
    [self](const protocol::get_in_force&) {
      return self->state.in_force_now();
    },
    [self](const protocol::get_calibration&) { return self->state.view(); },
    [self](const protocol::set_calibration& x) { return self->state.set(x); },
    [self](const protocol::roll_back& x) { return self->state.go_back(x); },
    [self](const protocol::get_calibration_history& x) {
      return self->state.history(x);
    },
    [self](const protocol::preview_calibration& x) {
      return self->state.preview(x);
    },
    [self](const protocol::get_profiles&) { return self->state.profiles(); },
    [self](const protocol::reload_profiles& x) {
      return self->state.reload(x);
    },
    [self](const tick& t) { self->state.on_tick(t); },
    [self](const get_ready&) { return self->state.when_ready(); },
  };
}

} // namespace ringside
