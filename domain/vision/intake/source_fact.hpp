#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/base/strong_id.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// One source of detections: who it is, and what comes in from it.
namespace ringside::intake {

/// Sources that one node knows.
inline constexpr std::size_t sources_max = 64;
/// Items of one batch. A report's number is made of its batch's and its place,
/// and the fusion remembers the last 1024: sixteen full batches.
inline constexpr std::size_t items_max = 64;
/// Reports a second that a source may declare.
inline constexpr int rate_max = 2'000;
/// The arena of sources that name none.
inline constexpr std::string_view main_arena = "main";

enum class source_kind : std::uint8_t {
  camera,
  /// A vision worker that watches one or more cameras.
  worker,
  /// A vendor's system.
  vendor,
};

/// Where it runs. An arena listens to the best mode that works; what people
/// feed in (`manual`) is always listened to.
enum class source_mode : std::uint8_t { cloud, local, manual };

/// What is known of a source; a fold of the chain `_sources`.
struct source_fact {
  std::string id;
  std::string name;
  source_kind kind = source_kind::camera;
  source_mode mode = source_mode::local;
  /// Which arena listens to it: 1 to 32 of `[a-z0-9_]`.
  std::string arena{main_arena};
  /// Who made it; sources of one vendor make the same mistakes. May be empty.
  std::string vendor;
  /// How it writes: a file of `config/vendors/`.
  std::string mapping;
  /// Strikes a second that it sends at most, by its own word.
  int rate_hz = 10;
  /// What it sends are pictures, for vision workers to look at; the mapping is
  /// how those write. Only they say what is a detection.
  bool workers = false;
  /// Of a worker: it finishes what it has and gets nothing new.
  bool draining = false;
  /// Whose token it uses; empty: any account of the role `source` may send.
  std::string account;
  /// The bout it watches; empty: none.
  bout_id bout;

  friend bool operator==(const source_fact&, const source_fact&) = default;
};

} // namespace ringside::intake

template <>
struct ringside::enum_names<ringside::intake::source_kind> {
  static constexpr std::array<std::string_view, 3> value{"camera", "worker",
                                                         "vendor"};
};

template <>
struct ringside::enum_names<ringside::intake::source_mode> {
  static constexpr std::array<std::string_view, 3> value{"cloud", "local",
                                                         "manual"};
};
