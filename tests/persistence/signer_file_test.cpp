#include "persistence/signer_file.hpp"
#include "tests/persistence/support/entries.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace ringside::persistence::test {

namespace {

class signer_files : public testing::Test {
protected:
  static audit::signer_state at(std::uint64_t size) {
    return {{origin, size, fake_hash('r', size)}};
  }

  result<std::optional<audit::signer_state>> read() const {
    return read_signer_state(file, origin);
  }

  ec advance(const audit::signer_state& next) {
    auto done = advance_signer_state(file, next);
    return done ? ec{} : done.reason().code;
  }

  std::string content() {
    std::ifstream in{file, std::ios::binary};
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
  }

  static constexpr const char* origin = "ringside.example/audit/test";
  temp_directory dir;
  std::filesystem::path file = dir.path() / "signer.state";
};

TEST_F(signer_files, begins_with_nothing) {
  EXPECT_EQ(*read(), std::nullopt);
}

TEST_F(signer_files, advances_and_remembers) {
  EXPECT_EQ(advance(at(0)), ec{});
  EXPECT_EQ(advance(at(5)), ec{});
  EXPECT_EQ(advance(at(5)), ec{}) << "the same head again";
  EXPECT_EQ(advance(at(UINT64_MAX)), ec{});
  EXPECT_EQ(*read(), at(UINT64_MAX));
  EXPECT_TRUE(
    content().starts_with("ringside/signer/v1\nringside.example/audit/test\n"
                          "1844674407"));
}

TEST_F(signer_files, reads_the_earlier_form_and_writes_the_present_one) {
  std::string hex(62, '0');
  std::ofstream{file} << "ringside/signer/v1\n57\n" + hex + "a7\n";
  auto state = read();
  ASSERT_TRUE(state && *state);
  EXPECT_EQ((*state)->last.origin, origin);
  EXPECT_EQ((*state)->last.size, 57u);
  EXPECT_EQ((*state)->last.root[31], 0xa7);
  EXPECT_EQ(advance(at(56)), ec::corrupt);
  EXPECT_EQ(advance(at(58)), ec{});
  EXPECT_EQ(*read(), at(58));
}

TEST_F(signer_files, refuses_the_state_of_another_log) {
  ASSERT_EQ(advance(at(5)), ec{});
  auto other = at(6);
  other.last.origin = "ringside.example/audit/other";
  EXPECT_EQ(advance(other), ec::corrupt);
  EXPECT_EQ(*read(), at(5));
}

TEST_F(signer_files, refuses_a_smaller_journal) {
  ASSERT_EQ(advance(at(5)), ec{});
  EXPECT_EQ(advance(at(4)), ec::corrupt);
  EXPECT_EQ(*read(), at(5));
}

TEST_F(signer_files, refuses_another_root_at_the_same_size) {
  ASSERT_EQ(advance(at(5)), ec{});
  EXPECT_EQ(advance({{origin, 5, fake_hash('x', 5)}}), ec::corrupt);
  EXPECT_EQ(*read(), at(5));
}

TEST_F(signer_files, refuses_every_damaged_file) {
  ASSERT_EQ(advance(at(57)), ec{});
  auto good = content();
  std::vector<std::string> bad
    = {"",          "\n",       good + "x",
       good + good, "x" + good, good.substr(0, good.size() - 1)};
  for (std::size_t cut = 1; cut < good.size(); cut += 5)
    bad.push_back(good.substr(0, cut));
  auto stray = good;
  stray[stray.size() - 3] = '!';
  bad.push_back(stray);
  auto zero = good;
  zero.insert(zero.find("57"), 1, '0');
  bad.push_back(zero);
  for (const auto& text : bad) {
    std::ofstream{file, std::ios::binary} << text;
    auto state = read();
    ASSERT_FALSE(state) << text;
    EXPECT_EQ(state.reason().code, ec::corrupt);
    EXPECT_EQ(advance(at(58)), ec::corrupt) << "damaged is not absent";
    EXPECT_EQ(content(), text);
  }
}

TEST_F(signer_files, keeps_the_old_state_when_the_disk_is_full) {
  ASSERT_EQ(advance(at(5)), ec{});
  auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{20, 20};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::_exit(advance(at(6)) == ec::io_error ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(*read(), at(5));
  EXPECT_EQ(advance(at(6)), ec{}) << "nothing left in the way";
}

TEST_F(signer_files, without_a_directory_is_an_io_error) {
  file = dir.path() / "no" / "signer.state";
  EXPECT_EQ(advance(at(1)), ec::io_error);
}

} // namespace

} // namespace ringside::persistence::test
