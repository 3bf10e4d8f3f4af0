#pragma once

#include "domain/advice/in_force.hpp"

#include <memory>
#include <string>
#include <utility>

namespace ringside::test {

/// A small profile: head strikes and knockdowns are damage, takedowns and
/// minutes in control are what they are.
inline std::shared_ptr<scoring::profile>
plain_profile(std::string id = "mma_fit", int version = 1) {
  using namespace scoring;
  auto p = std::make_shared<profile>();
  p->id = std::move(id);
  p->version = version;
  p->title = "For tests";
  p->discipline = rules::sport::mma;
  p->terms
    = {{"knockdowns",
        aspect::damage,
        shape::difference,
        0,
        1.1,
        {{column::knockdowns, 1}}},
       {"head", aspect::damage, shape::root, 1, 0.6, {{column::head, 1}}},
       {"takedowns",
        aspect::grappling,
        shape::difference,
        0,
        0.3,
        {{column::takedowns, 1}, {column::submissions, 1}}},
       {"control",
        aspect::control,
        shape::difference,
        0,
        0.4,
        {{column::control_minutes, 1}}}};
  p->wide.eras = {{"", -4.0}};
  p->wide.terms = {{"wide_knockdowns",
                    aspect::damage,
                    shape::difference,
                    0,
                    1.5,
                    {{column::knockdowns, 1}}}};
  return p;
}

/// Cameras 70, people 30, who are 300 ms late.
inline std::shared_ptr<scoring::hybrid::config> plain_hybrid(int version = 1) {
  auto c = std::make_shared<scoring::hybrid::config>();
  c->id = "hybrid";
  c->version = version;
  c->title = "For tests";
  c->normalise = "plain_weights";
  c->sources.camera = {700, {400'000}, {600'000}};
  c->sources.human = {300, {0}, {0}};
  c->human_lag_ms = 300;
  c->window_ms.fill(400);
  return c;
}

/// Everything weighs a tenth, whatever its severity; damage is cut at 250'000.
inline std::shared_ptr<scoring::normalise::profile> plain_weights(int version
                                                                  = 1) {
  auto p = std::make_shared<scoring::normalise::profile>();
  p->id = "plain_weights";
  p->version = version;
  p->title = "For tests";
  p->provenance = "Made up";
  p->severity = {{0, 1'000'000}, {1'000'000, 1'000'000}};
  p->confidence = {{0, 0}, {1'000'000, 1'000'000}};
  for (auto& w : p->weights)
    w = {100'000, scoring::normalise::category::damage};
  p->cap_ppm = {250'000, 250'000, 250'000, 250'000};
  return p;
}

/// As if it came from a file with these bytes.
inline advice::loaded_profile loaded(advice::profile_content p,
                                     std::uint8_t bytes = 1) {
  audit::hash digest{};
  digest.fill(bytes);
  return {std::move(p), digest};
}

/// One profile in use, all settings as they are from the start.
inline advice::in_force_ptr plain_in_force() {
  advice::profile_list all{loaded(plain_profile())};
  advice::calibration_state s;
  s.version = 1;
  s.profiles = advice::marks_of(all);
  return advice::put_in_force(s, all);
}

} // namespace ringside::test
