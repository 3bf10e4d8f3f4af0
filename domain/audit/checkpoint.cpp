#include "domain/audit/checkpoint.hpp"

#include "domain/audit/base64.hpp"
#include "domain/audit/text.hpp"
#include "domain/base/check.hpp"

#include <algorithm>

namespace ringside::audit {

std::string checkpoint_text(const checkpoint& head) {
  return head.origin + '\n' + std::to_string(head.size) + '\n'
         + to_base64(head.root) + '\n';
}

result<checkpoint> parse_checkpoint(std::string_view text) {
  auto origin = take_line(text);
  auto size_line = take_line(text);
  auto root_line = take_line(text);
  if (!origin || !size_line || !root_line || !text.empty())
    return refuse(ec::malformed, "a checkpoint has three lines");
  if (!valid_key_name(*origin))
    return refuse(ec::malformed, "checkpoint: bad origin");
  auto size = parse_decimal(*size_line);
  if (!size)
    return refuse(ec::malformed, "checkpoint: bad size");
  auto root = parse_hash_base64(*root_line);
  if (!root)
    return refuse(ec::malformed, "checkpoint: bad root");
  return checkpoint{std::string{*origin}, *size, *root};
}

std::string sign_checkpoint(const checkpoint& head, const signing_key& key) {
  RINGSIDE_CHECK(key.verifier().name == head.origin);
  auto text = checkpoint_text(head);
  auto line = key.sign(text);
  return to_text(signed_note{std::move(text), {std::move(line)}});
}

result<opened_checkpoint> open_checkpoint(std::string_view note,
                                          std::span<const verifier_key> keys) {
  auto opened = open_note(note, keys);
  if (!opened)
    return opened.reason();
  auto head = parse_checkpoint(opened->text);
  if (!head)
    return head.reason();
  auto is_log = [&](const note_signer& signer) {
    return signer.key.name == head->origin
           && signer.key.algorithm == key_algorithm::ed25519;
  };
  if (std::none_of(opened->signers.begin(), opened->signers.end(), is_log))
    return refuse(ec::unauthenticated,
                  "no known key of " + head->origin + " signed");
  return opened_checkpoint{std::move(*head), std::move(opened->signers)};
}

} // namespace ringside::audit
