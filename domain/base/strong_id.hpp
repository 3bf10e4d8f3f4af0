#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace ringside {

/// A string that names one kind of thing, so that a bout cannot be passed
/// where a device is meant. Ids are URL-safe, made by the server, and short
/// enough to live in the small-string buffer where they are copied a lot.
template <class Tag>
class strong_id {
public:
  strong_id() = default;

  explicit strong_id(std::string text) : text_(std::move(text)) {
    // nop
  }

  const std::string& str() const noexcept {
    return text_;
  }

  bool empty() const noexcept {
    return text_.empty();
  }

  friend auto operator<=>(const strong_id&, const strong_id&) = default;

private:
  std::string text_;
};

/// True if `text` may be used as an id: 1 to 64 characters of
/// `[A-Za-z0-9._-]`, not starting with a dot.
bool valid_id_text(std::string_view text) noexcept;

struct bout_tag {};
struct account_tag {};
struct device_tag {};
struct arena_tag {};

using bout_id = strong_id<bout_tag>;
using account_id = strong_id<account_tag>;
using device_id = strong_id<device_tag>;
using arena_id = strong_id<arena_tag>;

} // namespace ringside

template <class Tag>
struct std::hash<ringside::strong_id<Tag>> {
  std::size_t operator()(const ringside::strong_id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};
