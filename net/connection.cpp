#include "net/connection.hpp"

#include <utility>

namespace ringside::net {

connection_book::connection_book(std::size_t total_max,
                                 std::size_t per_address_max)
  : total_max_(total_max), per_address_max_(per_address_max) {
  // nop
}

connection_book::slot::slot(connection_book& book, std::string address)
  : book_(book), address_(std::move(address)) {
  // nop
}

connection_book::slot::~slot() {
  book_.give_back(address_);
}

std::shared_ptr<connection_book::slot>
connection_book::take(const std::string& address) {
  {
    std::lock_guard guard{mutex_};
    if (total_ >= total_max_)
      return nullptr;
    auto& n = by_address_[address];
    if (n >= per_address_max_)
      return nullptr;
    ++n;
    ++total_;
  }
  return std::make_shared<slot>(*this, address);
}

void connection_book::give_back(const std::string& address) {
  std::lock_guard guard{mutex_};
  --total_;
  auto i = by_address_.find(address);
  if (i != by_address_.end() && --i->second == 0)
    by_address_.erase(i);
}

std::size_t connection_book::open() const {
  std::lock_guard guard{mutex_};
  return total_;
}

} // namespace ringside::net
