#include "actors/judging/folded_bout.hpp"

#include "domain/audit/personal.hpp"
#include "domain/wire/entry_codec.hpp"

namespace ringside {

result<unit> fold_page(folded_bout& b, const protocol::entry_list& page,
                       const bout::ruleset_lookup& rulesets) {
  for (const auto& row : *page) {
    // Two readings may overlap.
    if (row.bseq < b.now.version)
      continue;
    auto fields = audit::read_entry(row.bytes, row.personal);
    if (!fields)
      return refuse(ec::corrupt, fields.reason().detail);
    auto e = wire::next_event(b.now, *fields, rulesets);
    if (!e)
      return e.reason();
    if (const auto* card = std::get_if<bout::card_filed>(&e->body))
      b.authors[{card->seat, card->round}] = e->by.account;
    b.tallies.add(b.now, *e);
    bout::apply(b.now, *e, rulesets);
  }
  return unit{};
}

} // namespace ringside
