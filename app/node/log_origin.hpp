#pragma once

namespace ringside {

/// Name of the log where the configuration gives none.
inline constexpr const char* default_origin = "ringside.example/audit/main";

} // namespace ringside
