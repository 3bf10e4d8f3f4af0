#pragma once

#include "domain/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace ringside {

struct erased_personal {
  /// Bout and kind of the entry whose text is gone.
  std::string bout;
  std::string kind;
  /// The entry that says so; nothing if it was gone already.
  std::optional<std::uint64_t> recorded;
};

/// Erases the personal text of an entry (decision 0012). The node must not be
/// running. First the journal says so, then the text goes; if the power goes in
/// between, `ringside verify` warns and the same call finishes it.
/// `not_found`: no such entry. `wrong_state`: it has no text that can be
/// erased. `corrupt`: the journal does not verify. `unavailable`: a node is
/// running, or somebody who reads the journal keeps old bytes alive.
result<erased_personal> erase_personal(const std::filesystem::path& data,
                                       std::uint64_t entry,
                                       const std::string& reason);

} // namespace ringside
