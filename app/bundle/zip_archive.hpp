#pragma once

#include "domain/audit/bundle.hpp"
#include "domain/base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace ringside::bundle {

/// Packs files into the bytes of one zip. The same files give the same bytes:
/// no clock, no owner.
result<std::string> pack_zip(const std::vector<audit::bundle_file>& files);

/// Unpacks a zip into memory; nothing is written anywhere, so names are only
/// names. `not_found` if there is no such file, `malformed` if it is no zip or
/// is cut short, `too_large` if it or what is in it goes beyond
/// `limits::bundle_bytes_max`, whatever its directory says. A member that
/// cannot be unpacked is given with its name and a text that no bundle holds,
/// so that the verifier names it.
result<std::vector<audit::bundle_file>>
unpack_zip(const std::filesystem::path& file);

} // namespace ringside::bundle
