#pragma once

#include "app/config/load_normalise.hpp"
#include "domain/scoring/normalise/round_caps.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ringside::scoring::normalise::test {

/// A shipped profile, read by the loader.
inline std::shared_ptr<const profile> shipped(const std::string& id) {
  auto got
    = config::load_normalise(std::string{RINGSIDE_SOURCE_DIR}
                             + "/config/scoring/normalise/" + id + ".yaml");
  EXPECT_TRUE(got) << got.reason().detail;
  return std::make_shared<const profile>(got ? *got : profile{});
}

inline report report_of(act what, std::int32_t severity_ppm,
                        std::int32_t confidence_ppm, corner who = corner::red) {
  report r;
  r.bout = bout_id{"b1"};
  r.round = 1;
  r.corner = who;
  r.act = what;
  r.severity = {severity_ppm};
  r.confidence = {confidence_ppm};
  return r;
}

} // namespace ringside::scoring::normalise::test
