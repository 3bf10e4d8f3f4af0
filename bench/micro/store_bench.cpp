#include "persistence/memory/memory_journal_store.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>

/// Durable commits per batch size, reading a bout, and the bare fsync that
/// bounds them all. Set TMPDIR to the disk to be measured.
namespace ringside::persistence {

namespace {

namespace fs = std::filesystem;

class temp_directory {
public:
  temp_directory() {
    auto name = (fs::temp_directory_path() / "ringside-bench-XXXXXX").string();
    RINGSIDE_CHECK(::mkdtemp(name.data()) != nullptr);
    path = name;
  }

  ~temp_directory() {
    fs::remove_all(path);
  }

  fs::path path;
};

/// 250 bytes as in the audit reference, `bouts` bouts taking turns.
class generator {
public:
  explicit generator(std::uint64_t bouts = 16) : bouts_(bouts) {
    // nop
  }

  const std::vector<journal_entry>& next(std::size_t count) {
    batch_.resize(count);
    for (auto& entry : batch_) {
      entry.seq = size_;
      entry.bout = bout_id{"bout-" + std::to_string(size_ % bouts_)};
      entry.bseq = static_cast<std::uint32_t>(size_ / bouts_);
      entry.bytes.assign(250, static_cast<char>('a' + size_ % 26));
      std::memcpy(entry.leaf.data(), &size_, sizeof(size_));
      ++size_;
    }
    head_.size = size_;
    head_.frontier.resize(12);
    return batch_;
  }

  const journal_head& head() const {
    return head_;
  }

private:
  std::uint64_t bouts_;
  std::vector<journal_entry> batch_;
  journal_head head_;
  std::uint64_t size_ = 0;
};

std::unique_ptr<journal_store> open_sqlite(const fs::path& dir) {
  auto store = sqlite_journal_store::open(dir / "journal.db");
  RINGSIDE_CHECK(store);
  return std::move(*store);
}

std::unique_ptr<journal_store> open_memory() {
  auto store = memory_journal_store::open(std::make_shared<memory_disk>());
  RINGSIDE_CHECK(store);
  return std::move(*store);
}

void report_commits(benchmark::State& state, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  auto at = [&](double share) {
    auto last = static_cast<double>(times.size() - 1);
    return times[static_cast<std::size_t>(share * last)] * 1e6;
  };
  state.counters["p50_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
}

void append(benchmark::State& state, journal_store& store) {
  generator entries;
  std::vector<double> times;
  auto count = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    const auto& batch = entries.next(count);
    auto start = std::chrono::steady_clock::now();
    auto done = store.append(batch, entries.head());
    std::chrono::duration<double> took
      = std::chrono::steady_clock::now() - start;
    RINGSIDE_CHECK(done);
    state.SetIterationTime(took.count());
    times.push_back(took.count());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  report_commits(state, std::move(times));
}

void sqlite_append(benchmark::State& state) {
  temp_directory dir;
  auto store = open_sqlite(dir.path);
  append(state, *store);
}

void memory_append(benchmark::State& state) {
  auto store = open_memory();
  append(state, *store);
}

void bare_fsync(benchmark::State& state) {
  temp_directory dir;
  auto file = dir.path / "file";
  int fd = ::open(file.c_str(), O_RDWR | O_CREAT, 0600);
  RINGSIDE_CHECK(fd >= 0);
  std::string page(static_cast<std::size_t>(state.range(0)), 'x');
  std::vector<double> times;
  for (auto _ : state) {
    auto start = std::chrono::steady_clock::now();
    auto n = ::write(fd, page.data(), page.size());
    RINGSIDE_CHECK(n == static_cast<ssize_t>(page.size()));
    RINGSIDE_CHECK(::fsync(fd) == 0);
    std::chrono::duration<double> took
      = std::chrono::steady_clock::now() - start;
    state.SetIterationTime(took.count());
    times.push_back(took.count());
  }
  ::close(fd);
  report_commits(state, std::move(times));
}

/// One bout of 10'000 entries among as many others as the argument says, from a
/// fresh connection. The more there are, the more pages hold one entry of it.
void sqlite_read_bout(benchmark::State& state) {
  temp_directory dir;
  generator entries{static_cast<std::uint64_t>(state.range(0))};
  {
    auto store = open_sqlite(dir.path);
    for (std::int64_t i = 0; i < 4 * state.range(0); ++i)
      RINGSIDE_CHECK(store->append(entries.next(2'500), entries.head()));
  }
  for (auto _ : state) {
    state.PauseTiming();
    auto store = open_sqlite(dir.path);
    state.ResumeTiming();
    auto bout = store->read_bout(bout_id{"bout-0"}, 0, SIZE_MAX);
    RINGSIDE_CHECK(bout && bout->size() == 10'000);
    state.PauseTiming();
    store.reset();
    state.ResumeTiming();
  }
}

void sqlite_read_all(benchmark::State& state) {
  temp_directory dir;
  generator entries;
  auto store = open_sqlite(dir.path);
  for (int i = 0; i < 25; ++i)
    RINGSIDE_CHECK(store->append(entries.next(4'000), entries.head()));
  for (auto _ : state) {
    auto all = store->read(0, SIZE_MAX);
    RINGSIDE_CHECK(all && all->size() == 100'000);
  }
  state.SetItemsProcessed(state.iterations() * 100'000);
}

void sqlite_tails(benchmark::State& state) {
  temp_directory dir;
  generator entries;
  auto store = open_sqlite(dir.path);
  for (int i = 0; i < 25; ++i)
    RINGSIDE_CHECK(store->append(entries.next(4'000), entries.head()));
  for (auto _ : state)
    RINGSIDE_CHECK(store->tails()->size() == 16);
}

#define BATCHES ->Arg(1)->Arg(16)->Arg(128)->Arg(1024)->Arg(4096)

BENCHMARK(bare_fsync)->Arg(4096)->Arg(65536)->UseManualTime();
BENCHMARK(sqlite_append) BATCHES->UseManualTime();
BENCHMARK(memory_append) BATCHES->UseManualTime();
BENCHMARK(sqlite_read_bout)
  ->Arg(1)
  ->Arg(4)
  ->Arg(16)
  ->Unit(benchmark::kMillisecond);
BENCHMARK(sqlite_read_all)->Unit(benchmark::kMillisecond);
BENCHMARK(sqlite_tails)->Unit(benchmark::kMicrosecond);

} // namespace

} // namespace ringside::persistence
