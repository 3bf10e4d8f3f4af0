#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/dice.hpp"
#include "domain/bout/fact.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ringside::demo {

/// A simulated fight: two invented fighters with their habits. Gives one
/// moment after the other, the same for the same seed. A toy for the demo, not
/// a model of the sport.
class fight {
public:
  /// Takes its randomness from `d`, which must outlive it.
  explicit fight(dice& d);

  /// A new round: both stand apart, nothing is counted.
  void begin_round();

  /// What happens next; the facts belong together. Never empty.
  std::vector<bout::fact> next();

  /// How much `c` did in this round, in points of a made-up scale.
  int effort(corner c) const noexcept {
    return effort_[c];
  }

  /// The corner that has just won by knockout, if the fight is over.
  std::optional<corner> knockout() const noexcept {
    return knockout_;
  }

private:
  enum class place { apart, clinch, ground };

  struct habits {
    std::int64_t pace = 0;
    std::int64_t accuracy_ppm = 0;
    std::int64_t takedown_ppm = 0;
  };

  corner busier();
  std::vector<bout::fact> apart();
  std::vector<bout::fact> clinch();
  std::vector<bout::fact> ground();
  std::vector<bout::fact> strike(corner c);
  std::vector<bout::fact> shoot(corner c);
  std::vector<bout::fact> control(corner c, const char* kind, place where);
  std::vector<bout::fact> let_go();

  dice& dice_;
  per_corner<habits> habits_;
  per_corner<int> effort_;
  place place_ = place::apart;
  corner on_top_ = corner::red;
  std::optional<corner> knockout_;
};

/// Two invented names that nobody bears, labelled as a demo.
per_corner<std::string> invented_names(dice& d);

} // namespace ringside::demo
