#include "domain/audit/bundle_readme.hpp"

#include "domain/audit/hex.hpp"

#include <string_view>

namespace ringside::audit {

namespace {

constexpr std::string_view what_it_is = R"(
WHAT THIS IS

Everything that was recorded about one bout, in the order it happened, with
the means to find out whether a single letter of it was changed afterwards.

  entries/        one file for each thing that happened: a round opened, a
                  strike logged, a card filed, the result. Any text editor
                  opens them.
  proofs/         for each entry, why it is part of the signed log
  personal/       texts about people that some entries commit to: notes,
                  protests, rulings. They can be erased by law; an entry
                  without its file was erased, and proves as much as before
  beside/         the same for what was kept beside the bout, if there is any:
                  what cameras saw, and the combined scores made of it. Advice;
                  no official's score came from there
  positions.csv   a table of all entries; any spreadsheet opens it
  ruleset.json    the rule set the bout was judged by
  result.json     cards, rounds and the result that follow from the entries
  checkpoint      the seal: size and fingerprint of the whole log, signed
  manifest        the list of what belongs to this bundle, signed
  keyring.txt     the public keys of the log, and which sizes each one signs
  policy.txt      the same for verifiers of other makers
)";

constexpr std::string_view how_to_check = R"(
HOW TO CHECK IT

1. Get the log's public key from somebody you trust: the commission, the
   venue, a printed card. It is one line like those in keyring.txt. Do not
   rely on keyring.txt alone: whoever forges a bundle can forge that file too.

2. Run, on any computer, without a network:

       ringside verify BUNDLE.zip --key 'THE LINE FROM STEP 1'

   It says SOUND, or ALTERED and which entry. The exit code is 0 if it is
   sound, 1 if something was altered, 2 if the file could not be used.

3. Without this program: any verifier of C2SP transparency logs accepts
   checkpoint, policy.txt and the files in proofs/. By hand: the SHA-256 of a
   zero byte followed by the bytes of an entry is its fingerprint; it stands
   in positions.csv, and in the next entry as "bprev".

WHAT IT PROVES, AND WHAT NOT

A sound bundle proves that these entries were in the log, unchanged and
complete up to the last one, when the checkpoint was signed. It does not prove
that nothing happened later: ask for a newer bundle to see that. And it proves
what was recorded, not that whoever recorded it was right.
)";

} // namespace

std::string bundle_readme(const bundle_source& source, const checkpoint& head) {
  std::string out = "EVIDENCE OF A BOUT\n\n";
  out += "  bout      " + source.bout + '\n';
  out += "  log       " + source.origin + '\n';
  out += "  entries   " + std::to_string(source.entries.size()) + '\n';
  out += "  sealed at " + std::to_string(head.size)
         + " entries of the whole log\n";
  out += "  root      " + to_hex(head.root) + '\n';
  out += "  made by   " + source.program + '\n';
  out += what_it_is;
  out += how_to_check;
  return out;
}

} // namespace ringside::audit
