#include "domain/wire/personal.hpp"

#include "domain/audit/hex.hpp"
#include "domain/audit/personal.hpp"
#include "domain/audit/sha256.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ringside::wire {

namespace {

struct personal_field {
  std::string_view kind;
  std::string_view member;
};

/// Events, the commands that lead to them, and the entry that names a person.
/// A kind that is added here becomes erasable from then on.
constexpr std::array<personal_field, 7> fields{{{"note_added", "text"},
                                                {"add_note", "text"},
                                                {"protest_raised", "text"},
                                                {"raise_protest", "text"},
                                                {"protest_ruled", "reason"},
                                                {"rule_on_protest", "reason"},
                                                {"account_created", "name"}}};

/// Takes the personal text out of an object; nothing if it has none.
std::optional<json::value> take_text(std::string_view kind, json::value& from) {
  auto member = personal_member(kind);
  auto* members = from.as_object();
  if (member.empty() || members == nullptr)
    return std::nullopt;
  auto found = members->find(member);
  const auto* text
    = found != members->end() ? found->second.as_string() : nullptr;
  // An empty text says nothing about anybody.
  if (text == nullptr || text->empty())
    return std::nullopt;
  auto taken = std::move(found->second);
  members->erase(found);
  return taken;
}

} // namespace

std::string_view personal_member(std::string_view kind) noexcept {
  auto found = std::find_if(fields.begin(), fields.end(),
                            [kind](const auto& f) { return f.kind == kind; });
  return found != fields.end() ? found->member : std::string_view{};
}

split_data split_personal(std::string_view kind, json::value data,
                          const audit::hash* body) {
  auto text = take_text(kind, data);
  split_data out{json::to_text(data), {}};
  if (!text)
    return out;
  json::object personal;
  personal.emplace(personal_member(kind), std::move(*text));
  if (body != nullptr)
    personal.emplace(audit::body_digest_member, audit::to_hex(*body));
  out.personal = json::to_text(json::value{std::move(personal)});
  return out;
}

std::optional<audit::hash> public_digest(std::string_view type,
                                         const json::value& body) {
  if (personal_member(type).empty())
    return std::nullopt;
  auto open = body;
  if (!take_text(type, open))
    return std::nullopt;
  return audit::sha256(json::to_text(open));
}

json::value whole_data(const audit::entry_fields& entry) {
  auto data = entry.data;
  auto member = personal_member(entry.kind);
  if (entry.erased && !member.empty())
    data.as_object()->insert_or_assign(std::string{member},
                                       json::value{erased_text});
  return data;
}

} // namespace ringside::wire
