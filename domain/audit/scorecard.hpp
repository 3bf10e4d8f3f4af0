#pragma once

#include "domain/audit/json.hpp"
#include "domain/audit/note.hpp"
#include "domain/audit/signing_key.hpp"
#include "domain/base/result.hpp"

#include <span>
#include <string>
#include <string_view>

/// A signed scorecard (audit reference 2.6): a note whose text is the label
/// line and one line of canonical JSON. The whole note goes into the entry.
namespace ringside::audit {

/// A card and the official's key that signed it.
struct opened_scorecard {
  json::value card;
  verifier_key official;
};

/// The text that an official's device signs; with the label in front it can be
/// taken for nothing else.
std::string scorecard_text(const json::value& card);

/// The signed note over `card`, for keys that the server holds.
std::string sign_scorecard(const json::value& card, const signing_key& key);

/// Verifies a card against the keys of the officials: see `open_note`, and
/// `malformed` if the text is no card, `unauthenticated` if more than one or no
/// Ed25519 key signed.
result<opened_scorecard> open_scorecard(std::string_view note,
                                        std::span<const verifier_key> keys);

} // namespace ringside::audit
