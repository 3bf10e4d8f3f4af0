#pragma once

#include "domain/audit/verifier_key.hpp"
#include "domain/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Signed notes (C2SP signed-note): a text, a blank line, and one line per
/// signature. Every signed thing of this program has this form.
namespace ringside::audit {

/// More than any note of ours, with room for post-quantum signatures.
inline constexpr std::size_t note_bytes_max = 256 * 1024;
inline constexpr std::size_t note_lines_max = 64;
static_assert(note_lines_max >= 16, "C2SP asks for at least 16");

/// A cosignature blob begins with its time, big-endian.
inline constexpr std::size_t cosignature_time_size = 8;

/// One signature line, not yet verified.
struct note_line {
  std::string name;
  std::uint32_t key_id = 0;
  /// The signature, without the key id.
  std::vector<std::uint8_t> blob;

  friend bool operator==(const note_line&, const note_line&) = default;
};

/// A note taken apart, not yet verified.
struct signed_note {
  /// Ends with a newline.
  std::string text;
  std::vector<note_line> lines;

  friend bool operator==(const signed_note&, const signed_note&) = default;
};

/// A key whose line was verified.
struct note_signer {
  verifier_key key;
  /// Seconds since 1970 for a cosignature, else 0.
  std::uint64_t unix_s = 0;
};

/// A note with at least one verified line.
struct opened_note {
  std::string text;
  /// Each known key once, in the order of the lines.
  std::vector<note_signer> signers;
};

/// The bytes of a note.
std::string to_text(const signed_note& note);

/// One signature line with its newline, as a witness returns it.
std::string line_text(const note_line& line);

/// Reads a signature line without its newline.
result<note_line> parse_note_line(std::string_view line);

/// Takes a note apart; `malformed` or `too_large` if it is none.
result<signed_note> parse_note(std::string_view bytes);

/// Verifies a note against the keys one knows. Lines of other keys are ignored.
/// `corrupt` if the line of a known key fails, `unauthenticated` if no known
/// key signed, `malformed` if it is no note.
result<opened_note> open_note(std::string_view bytes,
                              std::span<const verifier_key> keys);

/// The time of a cosignature blob of at least eight bytes.
std::uint64_t cosignature_time(std::span<const std::uint8_t> blob) noexcept;

} // namespace ringside::audit
