#pragma once

#include "persistence/journal_store.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ringside::persistence::test {

/// A new private directory, removed at the end.
class temp_directory {
public:
  temp_directory();
  temp_directory(const temp_directory&) = delete;
  temp_directory& operator=(const temp_directory&) = delete;
  ~temp_directory();

  const std::filesystem::path& path() const noexcept {
    return path_;
  }

private:
  std::filesystem::path path_;
};

/// Somewhere a journal can live and be opened again.
class store_place {
public:
  virtual ~store_place() = default;
  virtual result<std::unique_ptr<journal_store>> open(bool read_only = false)
    = 0;
};

/// An engine under test.
struct place_kind {
  std::string name;
  std::function<std::unique_ptr<store_place>()> make;
};

/// Every engine there is. Add yours here and the whole contract suite runs
/// over it.
const std::vector<place_kind>& store_places();

} // namespace ringside::persistence::test
