#pragma once

#include "domain/vision/fusion/report.hpp"
#include "domain/vision/fusion/settings.hpp"
#include "domain/vision/fusion/source.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::fusion {

/// A kind of source with the parameters that one starts with before anything
/// is learned of it.
struct source_plan {
  /// What a registered source names, for example `camera` or `operator`.
  std::string id;
  /// Its labels by `kind_index`; as many as columns in its confusion.
  std::vector<std::string> labels;
  source_parameters start;

  friend bool operator==(const source_plan&, const source_plan&) = default;
};

/// How the reports of a bout are fused, as a file of `config/fusion/`. Never
/// edited once used: a change is a new version.
struct fusion_plan {
  std::string id;
  int version = 1;
  std::string title;
  /// A name that `make_strategy` knows.
  std::string strategy;
  /// The kinds of strikes by `kind_index`.
  std::vector<std::string> kinds;
  fusion_settings settings;
  std::vector<source_plan> sources;

  /// The source kind of an id, or nothing.
  const source_plan* find(std::string_view source_id) const noexcept;

  friend bool operator==(const fusion_plan&, const fusion_plan&) = default;
};

/// The confusion of a source whose labels stand for groups of kinds: a strike
/// of kind k gets the label `group_of[k]` in `right` of a million cases, the
/// others evenly else. @pre `group_of` names labels below `labels`.
std::vector<std::int32_t>
grouped_confusion(std::span<const kind_index> group_of, std::size_t labels,
                  std::int32_t right);

/// Refuses with the dotted field what no harmonizer could work with: an
/// unknown strategy, doubled names, values out of range.
result<unit> validate(const fusion_plan& plan);

} // namespace ringside::fusion
