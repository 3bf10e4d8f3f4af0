#include "domain/advice/hybrid_round.hpp"

#include "domain/advice/hybrid_view.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/sha256.hpp"
#include "domain/scoring/hybrid/decide.hpp"
#include "domain/scoring/hybrid/preview.hpp"

#include <utility>
#include <variant>

namespace ringside::advice {

namespace {

namespace hybrid = scoring::hybrid;

constexpr std::string_view people_prefix = "human.";
/// Who opens, closes and locks: the node, after what the officials did.
const std::string node_name = "admin:node";

const hybrid::digest_function sha256
  = [](std::string_view text) { return audit::sha256(text); };

error none_in_force(const in_force& f) {
  return refuse(ec::not_found,
                "hybrid profile " + f.settings.hybrid_profile
                  + " is not in force",
                {}, "GET /scoring/profiles lists what is");
}

void step(hybrid::state& s, hybrid::event_body body) {
  hybrid::apply(s, {node_name, std::move(body)});
}

/// The round as far as cameras make it.
hybrid::state with_cameras(const hybrid_inputs& at,
                           const hybrid::settings& with) {
  const auto& record = at.book.of(at.round);
  hybrid::state s;
  step(s, hybrid::opened{at.bout, at.round, record.watched, with});
  for (const auto& [id, one] : record.reports)
    step(s, hybrid::reported{one});
  s.withdrawn = record.withdrawn;
  return s;
}

/// The whole round, always in the same order.
hybrid::state standing(const hybrid_inputs& at, const hybrid::settings& with) {
  auto s = with_cameras(at, with);
  if (hybrid::covers(s.watched, hybrid::source::human))
    for (auto& one : human_evidence(at))
      step(s, hybrid::reported{std::move(one)});
  if (bout::find_round(at.now, at.round)->status != bout::round_status::open)
    step(s, hybrid::scoring_begun{});
  return s;
}

hybrid::decide_context context_of(const hybrid_basis& basis) {
  return {*basis.config, *basis.profile, sha256};
}

/// Locks the round as it stands. `s` is locked afterwards.
hybrid::score_locked lock(hybrid::state& s, const hybrid_basis& basis) {
  if (s.phase == hybrid::phase::open)
    step(s, hybrid::scoring_begun{});
  auto made = hybrid::decide(
    s, {s.bout, s.round, node_name, hybrid::lock_score{s.position}},
    context_of(basis));
  RINGSIDE_CHECK(static_cast<bool>(made));
  auto locked = std::get<hybrid::score_locked>(made->front().body);
  hybrid::apply(s, made->front());
  return locked;
}

bout::event_no version_of(const hybrid_inputs& at) {
  const auto* known = at.tallies.find(at.round);
  return known != nullptr ? known->version : 0;
}

result<unit> check_camera(const hybrid::evidence& e) {
  if (e.source != hybrid::source::camera)
    return refuse(ec::invalid_value,
                  "what people report is in the bout already", "source",
                  "log it as a command of the bout");
  if (e.id.starts_with(people_prefix))
    return refuse(ec::invalid_value, "ids of cameras do not begin with human.",
                  "id");
  return unit{};
}

/// Feeds commands to a round and keeps what of them is new.
class admission {
public:
  admission(hybrid::state s, const hybrid_basis& basis, const std::string& by)
    : s_(std::move(s)), basis_(basis), by_(by) {
    // nop
  }

  /// True if it is new; false if it changes nothing.
  result<bool> ask(hybrid::command_body body) {
    auto made = hybrid::decide(s_, {s_.bout, s_.round, by_, std::move(body)},
                               context_of(basis_));
    if (!made)
      return made.reason();
    for (const auto& e : *made)
      hybrid::apply(s_, e);
    return !made->empty();
  }

private:
  hybrid::state s_;
  hybrid_basis basis_;
  const std::string& by_;
};

result<hybrid_news> admit_all(admission& to, const hybrid_news& wanted) {
  hybrid_news taken;
  taken.round = wanted.round;
  if (wanted.coverage) {
    auto is_new = to.ask(*wanted.coverage);
    if (!is_new)
      return is_new.reason();
    if (*is_new)
      taken.coverage = wanted.coverage;
  }
  for (const auto& one : wanted.reports) {
    if (auto ok = check_camera(one); !ok)
      return ok.reason();
    auto is_new = to.ask(hybrid::report{one});
    if (!is_new)
      return is_new.reason();
    if (*is_new)
      taken.reports.push_back(one);
  }
  for (const auto& one : wanted.withdrawn) {
    auto is_new = to.ask(one);
    if (!is_new)
      return is_new.reason();
    taken.withdrawn.push_back(one);
  }
  return taken;
}

} // namespace

bool hybrid_closed(const bout::state& now, int round) noexcept {
  const auto* r = bout::find_round(now, round);
  return r != nullptr
         && (r->status == bout::round_status::locked
             || now.phase == bout::phase::approved
             || now.phase == bout::phase::published);
}

const hybrid_lock* standing_lock(const hybrid_inputs& at) {
  const auto& record = at.book.of(at.round);
  if (record.locks.empty() || !hybrid_closed(at.now, at.round))
    return nullptr;
  const auto& last = record.locks.back();
  return last.version == version_of(at) && last.heard == record.heard ? &last
                                                                      : nullptr;
}

result<hybrid_news> admit(const hybrid_inputs& at, const in_force& f,
                          const std::string& by, const hybrid_news& wanted) {
  auto basis = hybrid_in(f);
  if (!basis)
    return none_in_force(f);
  auto number = std::to_string(at.round);
  if (bout::find_round(at.now, at.round) == nullptr)
    return refuse(ec::not_found, "round " + number + " was not opened",
                  "round");
  if (hybrid_closed(at.now, at.round))
    return refuse(ec::round_locked, "round " + number + " is locked", "round",
                  "a supervisor can unlock it");
  if (wanted.reports.size() + wanted.withdrawn.size() > hybrid_news_max)
    return refuse(ec::too_large,
                  "at most " + std::to_string(hybrid_news_max)
                    + " reports at once",
                  "reports");
  admission to{with_cameras(at, hybrid::settings_of(context_of(basis))), basis,
               by};
  return admit_all(to, wanted);
}

result<hybrid_lock> make_lock(const hybrid_inputs& at, const in_force& f) {
  auto basis = hybrid_in(f);
  if (!basis)
    return none_in_force(f);
  auto s = standing(at, hybrid::settings_of(context_of(basis)));
  auto made = lock(s, basis);
  const auto& record = at.book.of(at.round);
  hybrid_lock out;
  out.revision = static_cast<int>(record.locks.size()) + 1;
  out.version = version_of(at);
  out.heard = record.heard;
  out.digest = audit::to_hex(made.digest);
  out.shown = shown_json(s, *basis.config, *basis.profile);
  out.shown["revision"] = out.revision;
  out.shown["digest"] = out.digest;
  return out;
}

result<json::object> hybrid_json(const hybrid_inputs& at, const in_force& f) {
  const auto& record = at.book.of(at.round);
  auto basis = hybrid_in(f);
  const auto* locked = standing_lock(at);
  if (locked == nullptr && !basis)
    return none_in_force(f);
  json::object o;
  if (locked == nullptr) {
    auto s = standing(at, hybrid::settings_of(context_of(basis)));
    o = shown_json(s, *basis.config, *basis.profile);
  } else {
    o = locked->shown;
    o["position"] = locked->position;
  }
  json::array earlier;
  for (const auto& one : record.locks)
    if (&one != locked)
      earlier.emplace_back(json::object{{"revision", one.revision},
                                        {"digest", one.digest},
                                        {"position", one.position}});
  o["earlier_locks"] = std::move(earlier);
  return o;
}

} // namespace ringside::advice
