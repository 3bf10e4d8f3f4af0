#include "tests/persistence/support/store_place.hpp"

#include "persistence/memory/memory_journal_store.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"

#include <cstdlib>

namespace ringside::persistence::test {

namespace {

namespace fs = std::filesystem;

template <class T>
result<std::unique_ptr<journal_store>> upcast(result<T> store) {
  if (!store)
    return store.reason();
  return std::unique_ptr<journal_store>{std::move(*store)};
}

class memory_place final : public store_place {
public:
  result<std::unique_ptr<journal_store>> open(bool read_only) override {
    return upcast(memory_journal_store::open(disk_, {read_only}));
  }

private:
  std::shared_ptr<memory_disk> disk_ = std::make_shared<memory_disk>();
};

class sqlite_place final : public store_place {
public:
  result<std::unique_ptr<journal_store>> open(bool read_only) override {
    sqlite_options options;
    options.read_only = read_only;
    return upcast(
      sqlite_journal_store::open(dir_.path() / "journal.db", options));
  }

private:
  temp_directory dir_;
};

} // namespace

temp_directory::temp_directory() {
  auto name = (fs::temp_directory_path() / "ringside-store-XXXXXX").string();
  RINGSIDE_CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

temp_directory::~temp_directory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

const std::vector<place_kind>& store_places() {
  static const std::vector<place_kind> kinds = {
    {"memory", [] { return std::make_unique<memory_place>(); }},
    {"sqlite", [] { return std::make_unique<sqlite_place>(); }},
  };
  return kinds;
}

} // namespace ringside::persistence::test
