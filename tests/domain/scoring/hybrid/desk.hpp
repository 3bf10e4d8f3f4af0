#pragma once

#include "app/config/load_hybrid.hpp"
#include "app/config/load_normalise.hpp"
#include "domain/audit/sha256.hpp"
#include "domain/scoring/hybrid/decide.hpp"
#include "domain/scoring/hybrid/preview.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace ringside::scoring::hybrid::test {

inline const config& shipped_config() {
  static const auto loaded = [] {
    auto got = ringside::config::load_hybrid(
      RINGSIDE_SOURCE_DIR "/config/scoring/hybrid/hybrid.yaml");
    EXPECT_TRUE(got) << got.reason().detail;
    return got ? *got : config{};
  }();
  return loaded;
}

inline const normalise::profile& shipped_profile() {
  static const auto loaded = [] {
    auto got = ringside::config::load_normalise(
      RINGSIDE_SOURCE_DIR "/config/scoring/normalise/normalise_default.yaml");
    EXPECT_TRUE(got) << got.reason().detail;
    return got ? *got : normalise::profile{};
  }();
  return loaded;
}

/// A sure strike to the head by red, seen by a camera.
inline evidence seen(std::string id, std::int64_t at_ms,
                     act what = act::strike_head, corner who = corner::red) {
  evidence e;
  e.id = std::move(id);
  e.reporter = "cam1";
  e.corner = who;
  e.act = what;
  e.severity = {500'000};
  e.confidence = {1'000'000};
  e.at = {at_ms};
  return e;
}

/// The same, tapped by a person, who is as late as people are.
inline evidence tapped(std::string id, std::int64_t at_ms,
                       act what = act::strike_head, corner who = corner::red) {
  auto e
    = seen(std::move(id), at_ms + shipped_config().human_lag_ms, what, who);
  e.source = source::human;
  e.reporter = "op1";
  return e;
}

inline evidence held(evidence e, std::int64_t lasted_ms) {
  e.act = act::control;
  e.lasted = {lasted_ms};
  return e;
}

inline fusion fused(const std::vector<evidence>& reports,
                    coverage watched = coverage::both) {
  return fuse(reports, watched, shipped_config(), shipped_profile());
}

inline std::int64_t count_of(const fusion& f, act what,
                             corner who = corner::red) {
  return f.score.corners[who].counts_milli[static_cast<std::size_t>(what)];
}

/// A round that commands are given to; every accepted one is applied.
class desk {
public:
  explicit desk(std::string bout = "b1", int round = 1)
    : bout_(std::move(bout)), round_(round) {
    // nop
  }

  result<std::vector<event>> ask(command_body body) {
    auto got = decide(s, {bout_id{bout_}, round_, "supervisor:ann", body},
                      {settings, profile, hash});
    if (got)
      for (const auto& e : *got)
        apply(s, e);
    return got;
  }

  /// The code of a refusal; `internal` if there was none.
  ec refusal(command_body body) {
    auto before = s;
    auto got = ask(std::move(body));
    EXPECT_FALSE(got);
    EXPECT_EQ(s, before);
    return got ? ec::internal : got.reason().code;
  }

  void must(command_body body) {
    auto got = ask(std::move(body));
    EXPECT_TRUE(got) << got.reason().detail;
  }

  preview look() const {
    return preview_of(s, settings, profile);
  }

  state s;
  hybrid::config settings = shipped_config();
  normalise::profile profile = shipped_profile();
  digest_function hash
    = [](std::string_view text) { return audit::sha256(text); };

private:
  std::string bout_;
  int round_;
};

} // namespace ringside::scoring::hybrid::test
