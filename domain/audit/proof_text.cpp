#include "domain/audit/proof_text.hpp"

#include "domain/audit/base64.hpp"
#include "domain/audit/merkle.hpp"
#include "domain/audit/text.hpp"

namespace ringside::audit {

namespace {

constexpr std::string_view proof_label = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

error not_a_proof(const char* detail) {
  return refuse(ec::malformed, std::string{"proof: "} + detail);
}

} // namespace

std::string to_text(const inclusion_receipt& receipt) {
  std::string out{proof_label};
  out += '\n';
  out += index_word;
  out += std::to_string(receipt.index);
  out += '\n';
  out += proof_lines(receipt.proof);
  out += '\n';
  out += receipt.checkpoint_note;
  return out;
}

result<inclusion_receipt> parse_receipt(std::string_view text) {
  if (take_line(text) != proof_label)
    return not_a_proof("unknown first line");
  auto line = take_line(text);
  if (line && line->starts_with(extra_word)) {
    if (!parse_base64(line->substr(extra_word.size())))
      return not_a_proof("extra is not Base 64");
    line = take_line(text);
  }
  if (!line || !line->starts_with(index_word))
    return not_a_proof("no index");
  auto index = parse_decimal(line->substr(index_word.size()));
  if (!index)
    return not_a_proof("bad index");
  // An empty line ends the hashes; the first line alone can be it.
  auto end = text.starts_with('\n') ? 0 : text.find("\n\n");
  if (end == std::string_view::npos)
    return not_a_proof("no empty line before the checkpoint");
  auto hashes_size = end == 0 ? 0 : end + 1;
  auto proof = parse_proof_lines(text.substr(0, hashes_size));
  if (!proof)
    return proof.reason();
  return inclusion_receipt{*index, std::move(*proof),
                           std::string{text.substr(hashes_size + 1)}};
}

result<opened_checkpoint> verify_receipt(std::string_view text,
                                         std::string_view entry,
                                         std::span<const verifier_key> keys) {
  auto receipt = parse_receipt(text);
  if (!receipt)
    return receipt.reason();
  auto opened = open_checkpoint(receipt->checkpoint_note, keys);
  if (!opened)
    return opened;
  const auto& head = opened->head;
  if (!verify_inclusion(receipt->index, head.size, leaf_hash(entry),
                        receipt->proof, head.root))
    return refuse(ec::corrupt, "the entry is not at index "
                                 + std::to_string(receipt->index)
                                 + " of the signed tree");
  return opened;
}

std::string proof_lines(std::span<const hash> proof) {
  std::string out;
  for (const auto& value : proof) {
    out += to_base64(value);
    out += '\n';
  }
  return out;
}

result<std::vector<hash>> parse_proof_lines(std::string_view text) {
  std::vector<hash> proof;
  while (auto line = take_line(text)) {
    auto value = parse_hash_base64(*line);
    if (!value)
      return not_a_proof("a line is not the Base 64 of 32 bytes");
    if (proof.size() == proof_hashes_max)
      return not_a_proof("too many hashes");
    proof.push_back(*value);
  }
  if (!text.empty())
    return not_a_proof("the last line has no newline");
  return proof;
}

} // namespace ringside::audit
