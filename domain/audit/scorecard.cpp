#include "domain/audit/scorecard.hpp"

namespace ringside::audit {

namespace {

constexpr std::string_view scorecard_label = "ringside/scorecard/v1\n";

} // namespace

std::string scorecard_text(const json::value& card) {
  std::string text{scorecard_label};
  json::append_text(text, card);
  text += '\n';
  return text;
}

std::string sign_scorecard(const json::value& card, const signing_key& key) {
  auto text = scorecard_text(card);
  auto line = key.sign(text);
  return to_text(signed_note{std::move(text), {std::move(line)}});
}

result<opened_scorecard> open_scorecard(std::string_view note,
                                        std::span<const verifier_key> keys) {
  auto opened = open_note(note, keys);
  if (!opened)
    return opened.reason();
  const auto& signers = opened->signers;
  if (signers.size() != 1
      || signers.front().key.algorithm != key_algorithm::ed25519)
    return refuse(ec::unauthenticated, "a card has one official's signature");
  std::string_view text = opened->text;
  if (!text.starts_with(scorecard_label))
    return refuse(ec::malformed, "not a scorecard");
  text.remove_prefix(scorecard_label.size());
  text.remove_suffix(1);
  auto card = json::parse_canonical(text);
  if (!card)
    return card.reason();
  if (card->as_object() == nullptr)
    return refuse(ec::malformed, "a scorecard is a JSON object");
  return opened_scorecard{std::move(*card), signers.front().key};
}

} // namespace ringside::audit
