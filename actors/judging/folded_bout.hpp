#pragma once

#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/bout/apply.hpp"
#include "domain/scoring/bout_tally.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace ringside {

/// One bout as the journal has it, for whoever looks at it from beside.
struct folded_bout {
  bout_id id;
  bout::state now;
  scoring::bout_tally tallies;
  /// Who filed the card of a seat and round; a revision changes nothing here.
  std::map<std::pair<int, int>, std::string> authors;
};

using folded_bout_ptr = std::shared_ptr<folded_bout>;
using rulesets_ptr = std::shared_ptr<const bout::ruleset_lookup>;

/// Entries read at once; small, so that nobody waits behind a page for long.
inline constexpr std::size_t folded_page = 1'024;

/// Folds what is new in a page. `corrupt` if it does not fit.
result<unit> fold_page(folded_bout& b, const protocol::entry_list& page,
                       const bout::ruleset_lookup& rulesets);

/// Reads a bout on to its end in the journal. `then` gets null, or why not.
template <class Self>
void read_on(Self* self, const protocol::reader_actor& reader,
             folded_bout_ptr bout, rulesets_ptr rulesets,
             std::function<void(const error*)> then) {
  constexpr std::chrono::seconds timeout{10};
  protocol::read_bout what{bout->id, bout->now.version, folded_page};
  ask(
    self, reader, timeout, what,
    [=](const protocol::entries_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return then(reason);
      const auto& page = std::get<protocol::entry_list>(x.outcome);
      auto ok = fold_page(*bout, page, *rulesets);
      if (!ok) {
        auto reason = ok.reason();
        return then(&reason);
      }
      if (page->size() == folded_page)
        return read_on(self, reader, bout, rulesets, then);
      then(nullptr);
    },
    [then](const error& reason) { then(&reason); });
}

} // namespace ringside
