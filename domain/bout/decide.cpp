#include "domain/bout/decide.hpp"

#include "domain/base/limits.hpp"
#include "domain/bout/decider.hpp"
#include "domain/bout/rights.hpp"

namespace ringside::bout {

namespace {

/// Room that facts and notes leave, so that a bout full of them can still be
/// corrected, judged and ended.
constexpr event_no events_reserved = 1'000;

/// Commands that come in any number.
bool fills(const command_body& body) noexcept {
  return std::holds_alternative<log_fact>(body)
         || std::holds_alternative<add_note>(body)
         || std::holds_alternative<raise_protest>(body);
}

result<unit> check_standing(const state& s, const command& c) {
  auto creates = std::holds_alternative<create_bout>(c.body);
  if (creates && s.phase != phase::none)
    return refuse(ec::wrong_state, "this bout exists already");
  if (!creates && s.phase == phase::none)
    return refuse(ec::not_found, "there is no such bout");
  auto room = limits::bout_events_max - (fills(c.body) ? events_reserved : 0);
  if (s.version >= room)
    return refuse(ec::bout_over, "this bout has reached the limit of "
                                   + std::to_string(room) + " events");
  return unit{};
}

result<unit> check_role(const command& c) {
  auto wanted = operation_of(c.body);
  if (allowed(c.by.role, wanted))
    return unit{};
  return refuse(ec::forbidden, "the role " + std::string{text_of(c.by.role)}
                                 + " may not " + std::string{text_of(wanted)});
}

} // namespace

decision decide(const state& s, const command& c,
                const decide_context& context) {
  if (auto ok = check_role(c); !ok)
    return ok.reason();
  if (auto ok = check_standing(s, c); !ok)
    return ok.reason();
  return std::visit(decider{s, c, context}, c.body);
}

result<std::optional<remembered_command>> recall(const state& s,
                                                 const command& c) {
  auto found = s.commands.find(c.id);
  if (found == s.commands.end())
    return std::optional<remembered_command>{};
  // An erased text cannot be compared any more; the rest of the body can.
  const auto& known = found->second;
  auto digest = known.erased ? c.public_digest.value_or(c.digest) : c.digest;
  if (known.digest != digest)
    return refuse(ec::command_id_reused,
                  "this command_id was used before with another body",
                  "command_id", "make a new command_id for a new command");
  return std::optional{found->second};
}

decision decider::one(event_body body) const {
  std::vector<decided_event> events;
  events.push_back({now_, std::move(body)});
  return events;
}

result<unit> decider::require_live() const {
  if (live(s_))
    return unit{};
  return refuse(ec::bout_over, "the bout is " + std::string{text_of(s_.phase)}
                                 + "; it takes no more of this");
}

result<const round_state*> decider::require_open_round() const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  const auto* r = current_round(s_);
  if (r == nullptr || r->status != round_status::open)
    return refuse(ec::round_not_open, "no round is open", {},
                  "open a round first");
  return r;
}

result<unit> require_text(std::string_view text, std::string_view field,
                          std::size_t bytes_max) {
  if (text.empty())
    return refuse(ec::reason_required,
                  "the field " + std::string{field} + " must not be empty",
                  std::string{field});
  return require_length(text, field, bytes_max);
}

result<unit> require_authoriser(const command& c, std::string_view who) {
  if (who.empty() || who == c.by.account)
    return refuse(ec::approval_required,
                  "a second person has to authorise this", "authorised_by");
  return require_length(who, "authorised_by", limits::name_bytes_max);
}

result<unit> require_length(std::string_view text, std::string_view field,
                            std::size_t bytes_max) {
  if (text.size() > bytes_max)
    return refuse(ec::invalid_value,
                  "the field " + std::string{field} + " is longer than "
                    + std::to_string(bytes_max) + " bytes",
                  std::string{field});
  return unit{};
}

} // namespace ringside::bout
