#pragma once

#include "domain/audit/entry.hpp"
#include "domain/base/error.hpp"

#include <string>
#include <string_view>

namespace ringside::audit {

/// An entry that nobody can read. @param of What its chain is about.
inline error unreadable(const entry_fields& entry, std::string_view of,
                        const std::string& why) {
  return refuse(ec::corrupt, "entry " + std::to_string(entry.seq) + " of the "
                               + std::string{of} + ": " + why);
}

} // namespace ringside::audit
