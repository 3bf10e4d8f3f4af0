#include "domain/scoring/hybrid/round.hpp"

namespace ringside::scoring::hybrid {

namespace {

struct applier {
  state& s;
  const std::string& by;

  void operator()(const opened& x) const {
    s.bout = x.bout;
    s.round = x.round;
    s.watched = x.watched;
    s.with = x.with;
    s.phase = phase::open;
  }

  void operator()(const reported& x) const {
    s.reports.insert_or_assign(x.what.id, x.what);
  }

  void operator()(const withdrawn& x) const {
    s.reports.erase(x.id);
    s.withdrawn.insert(x.id);
  }

  void operator()(const coverage_changed& x) const {
    s.watched = x.watched;
  }

  void operator()(const settings_changed& x) const {
    s.with = x.with;
  }

  void operator()(const scoring_begun&) const {
    s.phase = phase::scoring;
  }

  void operator()(const score_locked& x) const {
    s.locks.push_back({x.position, x.score, x.digest, by, {}, {}});
    s.phase = phase::locked;
  }

  void operator()(const score_unlocked& x) const {
    s.locks.back().unlocked_by = by;
    s.locks.back().unlock_reason = x.reason;
    s.phase = phase::scoring;
  }
};

} // namespace

void apply(state& s, const event& e) {
  std::visit(applier{s, e.by}, e.body);
  ++s.position;
}

} // namespace ringside::scoring::hybrid
