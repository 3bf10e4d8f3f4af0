#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace ringside::net {

/// An open socket as its thread sees it. All calls come on that thread.
class connection {
public:
  virtual ~connection() = default;

  /// Ends it politely: finishes what is under way, then closes.
  virtual void shut() = 0;

  /// Ends it at once.
  virtual void abort() = 0;

  /// Once per heartbeat.
  virtual void beat() {
    // nop
  }
};

/// Counts connections, all and per address. Thread-safe; has to outlive its
/// slots.
class connection_book {
public:
  connection_book(std::size_t total_max, std::size_t per_address_max);

  /// One counted connection; gives its place back at its end.
  class slot {
  public:
    slot(connection_book& book, std::string address);
    ~slot();

    slot(const slot&) = delete;
    slot& operator=(const slot&) = delete;

  private:
    connection_book& book_;
    std::string address_;
  };

  /// A place for one more from `address`, or null.
  std::shared_ptr<slot> take(const std::string& address);

  std::size_t open() const;

private:
  void give_back(const std::string& address);

  std::size_t total_max_;
  std::size_t per_address_max_;
  mutable std::mutex mutex_;
  std::size_t total_ = 0;
  std::map<std::string, std::size_t, std::less<>> by_address_;
};

using slot_ptr = std::shared_ptr<connection_book::slot>;

} // namespace ringside::net
