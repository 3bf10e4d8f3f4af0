#pragma once

#include "domain/base/check.hpp"
#include "domain/base/error.hpp"

#include <string>
#include <utility>
#include <variant>

namespace ringside {

/// A value or the reason why there is none. Expected failures travel in a
/// result; exceptions stay inside the rooms that hold a driver.
template <class T>
class [[nodiscard]] result {
public:
  result(T value) : data_(std::in_place_index<0>, std::move(value)) {
    // nop
  }

  result(error reason) : data_(std::in_place_index<1>, std::move(reason)) {
    // nop
  }

  explicit operator bool() const noexcept {
    return data_.index() == 0;
  }

  T& operator*() & {
    return value();
  }

  const T& operator*() const& {
    return value();
  }

  T&& operator*() && {
    return std::move(value());
  }

  T* operator->() {
    return &value();
  }

  const T* operator->() const {
    return &value();
  }

  /// The value. Asking a failed result for it is a programmer error.
  T& value() {
    RINGSIDE_CHECK(data_.index() == 0);
    return *std::get_if<0>(&data_);
  }

  const T& value() const {
    RINGSIDE_CHECK(data_.index() == 0);
    return *std::get_if<0>(&data_);
  }

  /// The reason. Asking a successful result for it is a programmer error.
  const error& reason() const {
    RINGSIDE_CHECK(data_.index() == 1);
    return *std::get_if<1>(&data_);
  }

private:
  std::variant<T, error> data_;
};

/// Stands for "done" in `result<unit>`.
struct unit {
  friend bool operator==(unit, unit) = default;
};

/// Shortest way to refuse: `return refuse(ec::round_locked, "...")`.
inline error refuse(ec code, std::string detail, std::string field = {},
                    std::string hint = {}) {
  return {code, std::move(detail), std::move(field), std::move(hint)};
}

} // namespace ringside
