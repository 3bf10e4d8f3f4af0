#pragma once

#include <chrono>
#include <cstddef>

/// How actors read and write the journal, unless one has reasons of its own.
namespace ringside {

/// For an answer of a READER or of the JOURNAL.
inline constexpr std::chrono::seconds journal_timeout{10};
/// Entries that are read at once.
inline constexpr std::size_t journal_page = 4'096;
/// Before what failed is tried again.
inline constexpr std::chrono::milliseconds journal_retry{500};

} // namespace ringside
