#pragma once

#include "domain/advice/shadow_book.hpp"
#include "domain/base/role.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/wire/audience.hpp"

#include <string>

#include <caf/allowed_unsafe_message_type.hpp>

/// Beside the officials: how the panel judged, judges in training, and what
/// the journal knows of judges and fighters. Every answer is a `text_answer`.
namespace ringside::protocol {

/// Asks a SCORER how the panel judged, as this audience may see it.
struct get_judging {
  wire::audience audience;
};

/// Asks the SHADOWS to give somebody a shadow seat.
struct give_shadow_seat {
  issuer by;
  advice::seat_shadow what;
};

/// Asks the SHADOWS to keep a shadow card; the issuer has to hold the seat.
struct file_shadow_card {
  issuer by;
  advice::file_shadow what;
};

/// Asks the SHADOWS for the seats of a bout, as this person may see them.
struct get_shadows {
  issuer by;
  bout_id bout;
};

/// Asks the HISTORY for the record of a judge over all published bouts.
struct get_reliability {
  std::string account;
};

/// Asks the HISTORY for the statistics of a fighter over all bouts.
struct get_career {
  std::string name;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_judging)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::give_shadow_seat)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::file_shadow_card)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_shadows)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_reliability)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_career)
