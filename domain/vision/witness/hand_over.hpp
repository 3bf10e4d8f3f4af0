#pragma once

#include "domain/advice/hybrid_entry.hpp"
#include "domain/vision/witness/evidence_of.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace ringside::witness {

struct hand_over_counters {
  std::uint64_t handed = 0;
  std::uint64_t withdrawn = 0;
  /// What the SCORER would not take and is not asked again.
  std::uint64_t refused = 0;
};

/// What the SCORER of a bout is to know of its cameras against what it knows.
/// Bounded: `items_max` events; the oldest is forgotten as it stands then.
class hand_over {
public:
  static constexpr std::size_t items_max = 2'048;

  /// What an event counts from now on; nothing: it counts nothing.
  void want(const std::string& name, int round,
            std::optional<scoring::hybrid::evidence> what);

  /// Which kinds of sources watch a round from now on.
  void cover(int round, scoring::hybrid::coverage watched);

  /// What the SCORER has, all of it.
  void know(const advice::hybrid_book& book);

  /// The next message, of a round that `open` says takes any; nothing if all
  /// is known. It has at most `most` reports and withdrawals, but a revision
  /// is never torn.
  std::optional<advice::hybrid_news> next(const std::function<bool(int)>& open,
                                          std::size_t most
                                          = advice::hybrid_news_max) const;

  /// The SCORER has it.
  void taken(const advice::hybrid_news& news);

  /// The SCORER will never take it.
  void refused(const advice::hybrid_news& news);

  /// What it knows of who watches a round.
  scoring::hybrid::coverage covered(int round) const;

  const hand_over_counters& counters() const noexcept {
    return counters_;
  }

private:
  struct item {
    int round = 0;
    std::optional<scoring::hybrid::evidence> wanted;
    std::optional<scoring::hybrid::evidence> given;
  };

  void apply(const advice::hybrid_news& news, bool was_taken);

  std::map<std::string, item, std::less<>> items_;
  /// Names, oldest first.
  std::deque<std::string> order_;
  std::map<int, scoring::hybrid::coverage> wanted_cover_;
  std::map<int, scoring::hybrid::coverage> given_cover_;
  hand_over_counters counters_;
};

} // namespace ringside::witness
