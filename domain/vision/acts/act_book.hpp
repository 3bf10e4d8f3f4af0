#pragma once

#include "domain/audit/json.hpp"
#include "domain/bout/event.hpp"
#include "domain/vision/acts/interval_union.hpp"
#include "domain/vision/analytics/event_report.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace ringside::acts {

/// One camera's word of a knockdown or a takedown, in its last revision.
struct sighting {
  std::string source;
  analytics::event_report what;
};

/// What all cameras together say: an official may look and log it.
struct prompt {
  std::vector<sighting> seen;

  analytics::action what() const noexcept {
    return seen.front().what.what;
  }
  corner by() const noexcept {
    return seen.front().what.by;
  }
  /// When the first of them saw it begin.
  mono_us at() const noexcept;
  /// The gravest that a camera named.
  std::optional<analytics::knockdown_tier> tier() const noexcept;
};

/// Acts of one bout that are no strikes, of all its cameras. For one actor.
/// Memory: the last `kept_max` prompts and official events.
class act_book {
public:
  static constexpr std::size_t kept_max = 64;
  /// Starts of one act as two cameras see it.
  static constexpr std::int64_t same_us = 500'000;
  /// From an act to the mark of an official.
  static constexpr std::int64_t logged_us = 3'000'000;

  /// @param source The camera's name. A later revision replaces the earlier.
  void take(const std::string& source, const analytics::event_report& r);

  /// An official's knockdown or takedown, or one that is taken back.
  void take(const bout::event& e);

  /// True once after something changed.
  bool take_news() noexcept {
    auto news = news_;
    news_ = false;
    return news;
  }

  const std::deque<prompt>& prompts() const noexcept {
    return prompts_;
  }

  /// The official's event that says the same as a prompt: of the same act and
  /// corner, the nearest within `logged_us`.
  std::optional<bout::event_no> logged(const prompt& p) const noexcept;

  /// Milliseconds in which cameras saw this corner in control.
  std::int64_t control_ms(corner of) const noexcept {
    return control_[of].length_us() / 1'000;
  }

  /// `sightings`, `prompts` (oldest first) and `control_ms`.
  json::object to_json() const;

private:
  struct mark {
    bout::event_no no = 0;
    analytics::action what = analytics::action::knockdown;
    corner by = corner::red;
    mono_us at;
  };

  bool revise(const std::string& source, const analytics::event_report& r);
  void group(const std::string& source, const analytics::event_report& r);
  void note(bout::event_no no, const bout::fact& what, mono_us at);
  void forget(bout::event_no no);

  std::deque<prompt> prompts_;
  std::deque<mark> marks_;
  per_corner<interval_union> control_;
  std::uint64_t reports_ = 0;
  bool news_ = false;
};

} // namespace ringside::acts
