#pragma once

#include "app/feed/crowd.hpp"
#include "domain/base/dice.hpp"
#include "domain/bout/fact.hpp"

#include <memory>
#include <span>

namespace ringside::demo {

/// Simulated cameras at the ring of the demo: they see its strikes, blink, take
/// one corner for the other and see what was not there, as
/// `fusion::usual_sources` says. They know the kinds of the plan `standard`,
/// and take every other strike for the one of these that looks most like it.
/// Of the demo's thread; each camera has one of its own.
class cameras {
public:
  /// Makes the accounts and sources, or takes those of an earlier run.
  static result<std::unique_ptr<cameras>>
  hire(const officials::place& where, const officials::token_maker& tokens,
       int count, std::uint64_t seed);

  /// Points all of them at a bout.
  result<unit> watch(const bout_id& bout);

  /// Shows them what happens from `from` to `to`: `facts` at the end of it.
  /// To be called at `from`, so that nobody sees anything late.
  void see(std::span<const bout::fact> facts, feed::clock::time_point from,
           feed::clock::time_point to);

private:
  cameras(std::unique_ptr<feed::crowd> crowd, int count, std::uint64_t seed);

  std::unique_ptr<feed::crowd> crowd_;
  feed::feed_settings settings_;
  dice dice_;
};

} // namespace ringside::demo
