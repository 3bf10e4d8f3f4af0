#include "domain/scoring/hybrid/decide.hpp"

#include "domain/base/limits.hpp"
#include "domain/scoring/hybrid/preview.hpp"
#include "domain/scoring/normalise/round_caps.hpp"

namespace ringside::scoring::hybrid {

namespace {

using decision = result<std::vector<event>>;

/// Latest moment of a round that can be reported.
constexpr round_ms at_max{3'600'000};

result<unit> require_reason(const std::string& text) {
  if (text.empty())
    return refuse(ec::reason_required, "this needs a reason", "reason");
  if (text.size() > limits::text_bytes_max)
    return refuse(ec::invalid_value, "the reason is too long", "reason");
  return unit{};
}

result<unit> check_ids(const evidence& e) {
  if (!valid_id_text(e.id))
    return refuse(ec::invalid_value, "a report needs an id", "id");
  if (!e.act_id.empty() && !valid_id_text(e.act_id))
    return refuse(ec::invalid_value, "no id of an act", "act_id");
  if (!valid_id_text(e.reporter))
    return refuse(ec::invalid_value, "a report needs a reporter", "reporter");
  return unit{};
}

result<unit> check_words(const evidence& e) {
  if (text_of(e.act) == "?" || text_of(e.source) == "?")
    return refuse(ec::invalid_value, "no such act or source", "act");
  if (e.at < round_ms{0} || e.at > at_max)
    return refuse(ec::invalid_value, "must be within the round", "at");
  return unit{};
}

class decider {
public:
  decider(const state& s, const command& c, const decide_context& context)
    : s_(s), c_(c), context_(context) {
    // nop
  }

  decision operator()(const open_round& x) const {
    if (s_.phase != phase::absent)
      return refuse(ec::wrong_state, "the round is open already");
    if (!valid_id_text(c_.bout.str()))
      return refuse(ec::invalid_value, "no id of a bout", "bout");
    if (c_.round < 1 || c_.round > limits::rounds_max)
      return refuse(ec::invalid_value, "no round of a bout", "round");
    if (context_.config.normalise != context_.profile.id)
      return refuse(ec::wrong_state,
                    "the settings ask for profile " + context_.config.normalise,
                    "normalise");
    return one(opened{c_.bout, c_.round, x.watched, settings_of(context_)});
  }

  decision operator()(const report& x) const {
    if (auto sound = check(x.what); !sound)
      return sound.reason();
    if (s_.withdrawn.contains(x.what.id))
      return refuse(ec::already_retracted, "this report was withdrawn", "id");
    if (auto known = s_.reports.find(x.what.id); known != s_.reports.end()) {
      if (known->second == x.what)
        return std::vector<event>{};
      return refuse(ec::wrong_state, "this id was used for another report",
                    "id", "withdraw it and report under a new id");
    }
    if (s_.reports.size() + s_.withdrawn.size() >= limits::hybrid_evidence_max)
      return refuse(ec::too_large, "the round has too many reports");
    return one(reported{x.what});
  }

  decision operator()(const withdraw& x) const {
    if (auto said = require_reason(x.reason); !said)
      return said.reason();
    if (s_.withdrawn.contains(x.id))
      return refuse(ec::already_retracted, "this report was withdrawn", "id");
    if (!s_.reports.contains(x.id))
      return refuse(ec::not_found, "no such report", "id");
    return one(withdrawn{x.id, x.reason});
  }

  decision operator()(const change_coverage& x) const {
    if (auto said = require_reason(x.reason); !said)
      return said.reason();
    if (x.watched == s_.watched)
      return std::vector<event>{};
    return one(coverage_changed{x.watched, x.reason});
  }

  decision operator()(const change_settings& x) const {
    if (auto said = require_reason(x.reason); !said)
      return said.reason();
    if (context_.config.normalise != context_.profile.id)
      return refuse(ec::wrong_state,
                    "the settings ask for profile " + context_.config.normalise,
                    "normalise");
    if (settings_of(context_) == s_.with)
      return std::vector<event>{};
    return one(settings_changed{settings_of(context_), x.reason});
  }

  decision operator()(const begin_scoring&) const {
    if (s_.phase != phase::open)
      return refuse(ec::round_not_open, "scoring has begun");
    return one(scoring_begun{});
  }

  decision operator()(const lock_score& x) const {
    if (s_.phase != phase::scoring)
      return refuse(ec::wrong_state, "the round is still fought", {},
                    "begin scoring first");
    if (auto same = approve_exactly(x.position, s_.position); !same)
      return same.reason();
    if (settings_of(context_) != s_.with)
      return refuse(ec::wrong_state,
                    "the round is scored under " + s_.with.id + " version "
                      + std::to_string(s_.with.version),
                    "settings", "change the settings of the round first");
    auto seen = preview_of(s_, context_.config, context_.profile);
    auto text = canonical_text(s_, seen.seen.score);
    return one(score_locked{s_.position, seen.seen.score, context_.hash(text)});
  }

  decision operator()(const unlock_score& x) const {
    if (s_.phase != phase::locked)
      return refuse(ec::wrong_state, "the round is not locked");
    if (auto said = require_reason(x.reason); !said)
      return said.reason();
    return one(score_unlocked{x.reason});
  }

private:
  decision one(event_body body) const {
    std::vector<event> out;
    out.push_back({c_.by, std::move(body)});
    return out;
  }

  result<unit> check(const evidence& e) const {
    if (auto sound = check_ids(e); !sound)
      return sound;
    if (auto sound = check_words(e); !sound)
      return sound;
    if (!covers(s_.watched, e.source))
      return refuse(ec::wrong_state,
                    "no " + std::string{text_of(e.source)}
                      + " watches this round",
                    "source", "change the coverage of the round first");
    normalise::report r;
    r.act = e.act;
    r.severity = e.severity;
    r.confidence = e.confidence;
    r.lasted = e.lasted;
    auto weight = weigh_alone(context_.profile, r);
    return weight ? result<unit>{unit{}} : weight.reason();
  }

  const state& s_;
  const command& c_;
  const decide_context& context_;
};

} // namespace

settings settings_of(const decide_context& context) {
  return {context.config.id, context.config.version, context.profile.id,
          context.profile.version, context.config.calibration_version};
}

decision decide(const state& s, const command& c,
                const decide_context& context) {
  if (s.phase == phase::absent) {
    if (!std::holds_alternative<open_round>(c.body))
      return refuse(ec::round_not_open, "nobody has opened this round");
  } else if (c.bout != s.bout || c.round != s.round) {
    return refuse(ec::not_found,
                  "this is " + s.bout.str() + " round "
                    + std::to_string(s.round),
                  c.bout != s.bout ? "bout" : "round");
  }
  if (s.phase == phase::locked && !std::holds_alternative<unlock_score>(c.body))
    return refuse(ec::round_locked, "the score is locked", {},
                  "unlock it with a reason");
  if (c.by.empty())
    return refuse(ec::invalid_value, "nobody asks", "by");
  return std::visit(decider{s, c, context}, c.body);
}

} // namespace ringside::scoring::hybrid
