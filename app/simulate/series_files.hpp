#pragma once

#include "domain/rules/catalog.hpp"
#include "domain/synthetic/play.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace ringside::simulate {

/// Which files a series is made of; empty paths are those of this
/// installation.
struct series_choice {
  std::filesystem::path model;
  std::filesystem::path profiles;
  std::filesystem::path rulesets;
  std::string profile = "mma_fit";
  std::string against;
  std::string ruleset = "mma_abc_2025";
  int rounds = 3;
  bool finishes = true;
  std::uint64_t seed = 1;
};

/// A series with everything it refers to.
class loaded_series {
public:
  /// @returns what a file refuses, or `invalid_value` for a number of rounds
  /// that the rule set does not have or judges it cannot count.
  static result<std::unique_ptr<loaded_series>>
  load(const series_choice& choice);

  const synthetic::series& get() const noexcept {
    return *series_;
  }

  /// Not empty: the judges were fitted beside another profile or version than
  /// they are played with.
  const std::string& warning() const noexcept {
    return warning_;
  }

private:
  loaded_series(synthetic::model m, rules::ruleset r, scoring::profile p,
                std::optional<scoring::profile> other)
    : model_(std::move(m)), rules_(std::move(r)), engine_(std::move(p)),
      other_(std::move(other)) {
    // nop
  }

  synthetic::model model_;
  rules::ruleset rules_;
  scoring::profile engine_;
  std::optional<scoring::profile> other_;
  std::optional<synthetic::series> series_;
  std::string warning_;
};

} // namespace ringside::simulate
