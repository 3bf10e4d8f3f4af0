#pragma once

#include "actors/ops/account_book.hpp"
#include "net/identity.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace ringside {

/// Answers the network's question "who is this" from the book that the
/// ACCOUNTS publish.
class account_identity final : public net::identity_source {
public:
  explicit account_identity(std::shared_ptr<const account_book> book)
    : book_(std::move(book)) {
    // nop
  }

  std::optional<net::identity> find(const net::token_digest& token,
                                    utc_ns now) const override {
    auto owner = book_->read()->find(token, now.count / 1'000'000);
    if (!owner)
      return std::nullopt;
    return net::identity{owner->id, owner->name, owner->role};
  }

  std::optional<error> trouble() const override {
    return book_->read()->in_doubt;
  }

private:
  std::shared_ptr<const account_book> book_;
};

} // namespace ringside
