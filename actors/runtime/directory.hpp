#pragma once

#include "actors/runtime/log_sink.hpp"

#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include <caf/actor.hpp>
#include <caf/actor_cast.hpp>
#include <caf/actor_control_block.hpp>
#include <caf/fwd.hpp>

namespace ringside {

class stable_ref;

/// True for a path of ids: `node/journal`, `bout/<id>/seat/1`.
bool valid_actor_name(std::string_view name) noexcept;

/// The names of this node and the stable reference behind each. Clients keep
/// names or the references, never the handle of an incarnation. Thread-safe.
/// Has to be destroyed before its actor system.
class directory {
public:
  directory(caf::actor_system& system, log_sink log);

  ~directory();

  directory(const directory&) = delete;
  directory& operator=(const directory&) = delete;

  // -- lookup -----------------------------------------------------------------

  /// The stable handle of `name`, or an invalid one if nobody has that name.
  /// @tparam Handle the interface that the caller expects to find there.
  template <class Handle = caf::actor>
  Handle resolve(const std::string& name) const {
    return caf::actor_cast<Handle>(find(name));
  }

  /// The stable handle of `name`, made if it does not exist yet: messages to
  /// it are held until somebody is bound. For wiring before the start.
  template <class Handle = caf::actor>
  Handle open(const std::string& name) {
    return caf::actor_cast<Handle>(find_or_make(name));
  }

  /// All names that start with `prefix`, in order.
  std::vector<std::string> list(std::string_view prefix = {}) const;

  // -- by supervisors ---------------------------------------------------------

  /// Points `name` at an incarnation; makes the name if need be.
  void bind(const std::string& name, const caf::actor& target);

  /// Holds messages for `name` until the next `bind`.
  void hold(const std::string& name);

  /// Refuses messages for `name` until the next `bind`.
  void refuse(const std::string& name);

  /// Forgets `name`. Old references refuse, and their monitors get DOWN.
  void remove(const std::string& name);

  /// The reference itself, for its counters; null if there is none.
  stable_ref* peek(const std::string& name) const;

private:
  caf::strong_actor_ptr find(const std::string& name) const;

  caf::strong_actor_ptr find_or_make(const std::string& name);

  caf::actor_system& system_;
  log_sink log_;
  mutable std::shared_mutex mutex_;
  std::map<std::string, caf::strong_actor_ptr, std::less<>> names_;
};

} // namespace ringside
