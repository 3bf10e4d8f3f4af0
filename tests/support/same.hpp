#pragma once

#include <boost/pfr.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// Field-wise equality for plain structs without `operator==`. It sees every
/// field, also one that is added later.
namespace ringside::test {

template <class T>
struct is_variant : std::false_type {};

template <class... Ts>
struct is_variant<std::variant<Ts...>> : std::true_type {};

template <class T>
struct is_vector : std::false_type {};

template <class T>
struct is_vector<std::vector<T>> : std::true_type {};

template <class T>
bool same(const T& a, const T& b);

template <class T, std::size_t... I>
bool same_fields(const T& a, const T& b, std::index_sequence<I...>) {
  return (same(boost::pfr::get<I>(a), boost::pfr::get<I>(b)) && ...);
}

template <class T>
bool same(const T& a, const T& b) {
  if constexpr (is_variant<T>::value) {
    if (a.index() != b.index())
      return false;
    return std::visit(
      [&b](const auto& x) {
        return same(x, std::get<std::decay_t<decltype(x)>>(b));
      },
      a);
  } else if constexpr (is_vector<T>::value) {
    if (a.size() != b.size())
      return false;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!same(a[i], b[i]))
        return false;
    return true;
  } else if constexpr (requires { a == b; }) {
    return a == b;
  } else {
    return same_fields(a, b,
                       std::make_index_sequence<boost::pfr::tuple_size_v<T>>{});
  }
}

} // namespace ringside::test
