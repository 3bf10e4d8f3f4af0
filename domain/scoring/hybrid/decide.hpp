#pragma once

#include "domain/base/result.hpp"
#include "domain/scoring/hybrid/round.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace ringside::scoring::hybrid {

/// SHA-256; handed in, because scoring does not include the audit.
using digest_function = std::function<digest(std::string_view)>;

/// What a decision needs beside the state. Both settings are validated.
struct decide_context {
  const hybrid::config& config;
  const normalise::profile& profile;
  const digest_function& hash;
};

/// Turns a command into events, or says why not. Pure. Nothing at all comes of
/// a report that is known already, word for word.
///
/// Refusals: `not_found` for another bout or round or an unknown report,
/// `round_locked` for everything but an unlock after the lock,
/// `round_not_open`, `wrong_state` (a preview of another position, settings
/// that changed, a source that does not watch, a report id with another
/// content), `invalid_value` with the field, `reason_required`,
/// `already_retracted`, `too_large` where a round has too many reports.
result<std::vector<event>> decide(const state& s, const command& c,
                                  const decide_context& context);

/// The settings that a context stands for.
settings settings_of(const decide_context& context);

} // namespace ringside::scoring::hybrid
