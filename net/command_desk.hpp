#pragma once

#include "actors/protocol/command_messages.hpp"
#include "domain/base/result.hpp"
#include "net/context.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>

namespace ringside::net {

using command_outcome = std::variant<protocol::accepted, error>;
using on_command = std::function<void(const command_outcome&)>;
using command_ptr = std::shared_ptr<const bout::command>;

/// The directory name a command goes to: a judge's own acts to the seat, all
/// others to the desk of the role, a new bout to the BOUTS. `invalid_value`
/// for a seat that cannot exist.
result<std::string> door_of(const bout_id& bout, const bout::command& what);

/// The commands of one network thread that wait for an answer. Since commands
/// are idempotent, one that hears nothing is sent once more before it is given
/// up; the client may always do the same with the same `command_id`.
class command_desk {
public:
  /// Sends a command to a name; may be refused at once.
  using sender = std::function<void(const std::string&, protocol::submit)>;

  static constexpr std::size_t size_max = 4'096;

  command_desk(net_context& ctx, sender send);

  /// Calls `done` exactly once, now or later.
  void submit(const protocol::answer_sink& me, const bout_id& bout,
              command_ptr what, on_command done);

  void answer(std::uint64_t tag, const command_outcome& outcome);

  /// Sends again and gives up what is due; call it about ten times a second.
  void tick(mono_us now);

  /// Refuses everything that still waits.
  void close();

  std::size_t size() const noexcept {
    return waiting_.size();
  }

private:
  struct entry {
    protocol::submit what;
    std::string door;
    mono_us resend_at;
    mono_us deadline;
    bool resent = false;
    on_command done;
  };

  net_context& ctx_;
  sender send_;
  std::uint64_t last_tag_ = 0;
  std::unordered_map<std::uint64_t, entry> waiting_;
};

} // namespace ringside::net
