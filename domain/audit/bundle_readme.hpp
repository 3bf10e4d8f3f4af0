#pragma once

#include "domain/audit/bundle.hpp"
#include "domain/audit/checkpoint.hpp"

#include <string>

namespace ringside::audit {

/// The README.txt of a bundle: what it is, what it proves and how to check it,
/// for somebody who has never seen one.
std::string bundle_readme(const bundle_source& source, const checkpoint& head);

} // namespace ringside::audit
