#pragma once

#include "domain/audit/signer_state.hpp"
#include "domain/base/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace ringside::persistence {

/// Reads what the signer of log `origin` put its name to last. It lives in its
/// own file, so that a rolled-back or cut journal cannot make the signer sign a
/// second history (audit reference 2.3). Nothing if there is no file yet;
/// `corrupt` if it is not exactly what advance_signer_state writes, or is of
/// another log. The form without an origin, which earlier versions wrote, is
/// read as of this log.
result<std::optional<audit::signer_state>>
read_signer_state(const std::filesystem::path& path, const std::string& origin);

/// Makes `next` durable before anything is signed with it. `corrupt` and
/// nothing changes if `audit::may_sign` refuses it. After `io_error` do not
/// sign.
result<unit> advance_signer_state(const std::filesystem::path& path,
                                  const audit::signer_state& next);

} // namespace ringside::persistence
