#pragma once

#include "bench/load/connection.hpp"
#include "bench/load/node.hpp"
#include "bench/load/samples.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

namespace ringside::load {

/// An operator's connection that logs strikes and waits for their acks. Acks of
/// one connection and bout come in order, which is checked.
class striker {
public:
  /// Called at each ack with the version of the bout after it.
  using on_ack = std::function<void(std::int64_t version)>;

  striker(reactor& on, const node& at, std::string bout);

  /// Sends one strike that was due at `due`.
  void strike(std::int64_t due);

  /// Keeps `window` strikes outstanding until `stop`.
  void keep_busy(int window);

  void stop() noexcept {
    busy_ = false;
  }

  bool idle() const noexcept {
    return waiting_.empty();
  }

  /// Time from being due to the ack, of all strikes since the last `forget`.
  const samples& acks() const noexcept {
    return acks_;
  }

  void forget() {
    acks_ = {};
  }

  on_ack then;

private:
  struct outstanding {
    std::string id;
    std::int64_t due = 0;
  };

  void received(std::string_view frame);

  std::string bout_;
  std::deque<outstanding> waiting_;
  samples acks_;
  bool busy_ = false;
  connection link_;
};

} // namespace ringside::load
