#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace ringside::vendor {

/// Counts words that come from outside by name, up to a cap of names; further
/// names are counted together, so that nobody can fill the memory with them.
class label_counts {
public:
  static constexpr std::size_t names_max = 32;

  void add(std::string_view name) {
    if (auto i = by_name_.find(name); i != by_name_.end())
      ++i->second;
    else if (by_name_.size() < names_max)
      by_name_.emplace(name, 1);
    else
      ++others_;
  }

  const std::map<std::string, std::uint64_t, std::less<>>&
  by_name() const noexcept {
    return by_name_;
  }

  /// Those without a place of their own.
  std::uint64_t others() const noexcept {
    return others_;
  }

private:
  std::map<std::string, std::uint64_t, std::less<>> by_name_;
  std::uint64_t others_ = 0;
};

} // namespace ringside::vendor
