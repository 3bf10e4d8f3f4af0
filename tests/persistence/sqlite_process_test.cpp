#include "persistence/sqlite/sqlite_journal_store.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

namespace ringside::persistence::test {

namespace {

/// Another process that tells us numbers until it ends.
class child_process {
public:
  /// `work` runs in the child with the end of the pipe to write to.
  template <class F>
  explicit child_process(F work) {
    int ends[2];
    RINGSIDE_CHECK(::pipe(ends) == 0);
    pid_ = ::fork();
    RINGSIDE_CHECK(pid_ >= 0);
    if (pid_ == 0) {
      ::close(ends[0]);
      work(ends[1]);
      ::_exit(0);
    }
    ::close(ends[1]);
    from_ = ends[0];
  }

  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  ~child_process() {
    end(SIGKILL);
    ::close(from_);
  }

  pid_t pid() const noexcept {
    return pid_;
  }

  /// The next number, or nothing when the child is gone.
  std::optional<std::uint64_t> next() {
    std::uint64_t value = 0;
    auto n = ::read(from_, &value, sizeof(value));
    return n == sizeof(value) ? std::optional{value} : std::nullopt;
  }

  /// Sends a signal (0 for none) and waits; gives the wait status.
  int end(int signal_number) {
    if (pid_ < 0)
      return 0;
    if (signal_number != 0)
      ::kill(pid_, signal_number);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return status;
  }

private:
  pid_t pid_ = -1;
  int from_ = -1;
};

void tell(int pipe_end, std::uint64_t value) {
  if (::write(pipe_end, &value, sizeof(value)) != sizeof(value))
    ::_exit(3);
}

std::unique_ptr<sqlite_journal_store>
must_open(const std::filesystem::path& file, bool read_only = false) {
  sqlite_options options;
  options.read_only = read_only;
  auto store = sqlite_journal_store::open(file, options);
  if (!store)
    std::fprintf(stderr, "open: %s\n", store.reason().detail.c_str());
  RINGSIDE_CHECK(store);
  return std::move(*store);
}

/// Commits batches without end; tells the size before and after each.
void write_for_ever(const std::filesystem::path& file, std::uint64_t seed,
                    int pipe_end) {
  std::mt19937_64 random{seed};
  auto store = must_open(file);
  for (auto size = store->head()->size;;) {
    auto count = 1 + random() % (random() % 16 == 0 ? 600 : 12);
    tell(pipe_end, size + count);
    if (!store->append(batch(size, count), head_at(size + count)))
      ::_exit(2);
    size += count;
    tell(pipe_end, size);
  }
}

TEST(sqlite_process, keeps_acked_entries_over_a_hundred_kills) {
  temp_directory dir;
  auto file = dir.path() / "journal.db";
  std::mt19937_64 random{42};
  std::uint64_t size = 0;
  for (int round = 0; round < 100; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    auto seed = random();
    child_process child{
      [&](int pipe_end) { write_for_ever(file, seed, pipe_end); }};
    auto lines = 1 + random() % 60;
    auto attempted = size;
    for (std::uint64_t i = 0; i < lines; ++i) {
      auto told = child.next();
      ASSERT_TRUE(told);
      (i % 2 == 0 ? attempted : size) = *told;
    }
    auto status = child.end(SIGKILL);
    ASSERT_TRUE(WIFSIGNALED(status));
    // What it still said before it died counts as well.
    for (auto i = lines; auto told = child.next(); ++i)
      (i % 2 == 0 ? attempted : size) = *told;
    auto store = must_open(file);
    auto head = store->head();
    ASSERT_TRUE(head) << head.reason().detail;
    ASSERT_TRUE(head->size == size || head->size == attempted)
      << head->size << ", acked " << size << ", attempted " << attempted;
    size = head->size;
    ASSERT_EQ(difference(*store, size), "");
  }
  EXPECT_TRUE(must_open(file)->check());
  EXPECT_GT(size, 1'000u);
}

TEST(sqlite_process, names_the_process_that_writes) {
  temp_directory dir;
  auto file = dir.path() / "journal.db";
  child_process child{[&](int pipe_end) {
    auto store = must_open(file);
    tell(pipe_end, 1);
    ::pause();
  }};
  ASSERT_TRUE(child.next());
  auto second = sqlite_journal_store::open(file);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.reason().code, ec::unavailable);
  auto name = "process " + std::to_string(child.pid());
  EXPECT_NE(second.reason().detail.find(name), std::string::npos)
    << second.reason().detail;
  child.end(SIGKILL);
  EXPECT_TRUE(sqlite_journal_store::open(file)) << "the lock died with it";
}

TEST(sqlite_process, reads_while_another_process_writes) {
  temp_directory dir;
  auto file = dir.path() / "journal.db";
  child_process child{[&](int pipe_end) { write_for_ever(file, 7, pipe_end); }};
  std::unique_ptr<sqlite_journal_store> reader;
  std::uint64_t seen = 0;
  for (int i = 0; i < 120; ++i) {
    auto told = child.next();
    ASSERT_TRUE(told);
    if (i % 2 == 0)
      continue;
    if (i % 20 == 1)
      reader = must_open(file, true);
    auto head = reader->head();
    ASSERT_TRUE(head) << head.reason().detail;
    ASSERT_GE(head->size, *told);
    ASSERT_GE(head->size, seen);
    seen = head->size;
    ASSERT_EQ(*reader->read(0, seen), batch(0, seen));
  }
  EXPECT_GT(seen, 100u);
}

TEST(sqlite_process, stops_at_the_file_size_limit_without_losing_entries) {
  temp_directory dir;
  auto file = dir.path() / "journal.db";
  child_process child{[&](int pipe_end) {
    auto store = must_open(file);
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{600'000, 600'000};
    RINGSIDE_CHECK(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    std::uint64_t size = 0;
    result<unit> done = unit{};
    for (; done; size += done ? 50 : 0)
      done = store->append(batch(size, 50), head_at(size + 50));
    auto again = store->append(batch(size, 50), head_at(size + 50));
    tell(pipe_end, size);
    tell(pipe_end, static_cast<std::uint64_t>(done.reason().code));
    tell(pipe_end, static_cast<std::uint64_t>(again.reason().code));
    tell(pipe_end, difference(*store, size).empty() ? 1 : 0);
  }};
  auto size = child.next();
  ASSERT_TRUE(size);
  EXPECT_GT(*size, 100u);
  EXPECT_EQ(child.next(), static_cast<std::uint64_t>(ec::io_error));
  EXPECT_EQ(child.next(), static_cast<std::uint64_t>(ec::read_only));
  EXPECT_EQ(child.next(), 1u) << "reading must go on";
  ASSERT_TRUE(WIFEXITED(child.end(0)));
  auto store = must_open(file);
  auto head = store->head();
  ASSERT_TRUE(head);
  ASSERT_TRUE(head->size == *size || head->size == *size + 50);
  EXPECT_EQ(difference(*store, head->size), "");
  EXPECT_TRUE(store->append(batch(head->size, 1), head_at(head->size + 1)));
}

} // namespace

} // namespace ringside::persistence::test
