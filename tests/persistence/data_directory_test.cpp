#include "persistence/sqlite/data_directory.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace ringside::persistence::test {

namespace {

ec code_of_open(const std::filesystem::path& path) {
  auto dir = data_directory::create_or_open(path);
  return dir ? ec{} : dir.reason().code;
}

TEST(data_directory, is_made_private_with_its_parents) {
  temp_directory temp;
  auto dir = data_directory::create_or_open(temp.path() / "a" / "b/");
  ASSERT_TRUE(dir) << dir.reason().detail;
  struct stat info {};
  ASSERT_EQ(::stat((temp.path() / "a" / "b").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  EXPECT_EQ(dir->journal(), temp.path() / "a" / "b" / "journal.db");
  EXPECT_EQ(code_of_open(temp.path() / "a" / "b"), ec{}) << "again";
}

TEST(data_directory, refuses_one_that_others_may_enter) {
  temp_directory temp;
  ASSERT_EQ(::chmod(temp.path().c_str(), 0750), 0);
  auto dir = data_directory::create_or_open(temp.path());
  ASSERT_FALSE(dir);
  EXPECT_EQ(dir.reason().code, ec::forbidden);
  EXPECT_EQ(dir.reason().hint, "chmod 700 " + temp.path().string());
}

TEST(data_directory, refuses_what_is_no_directory) {
  temp_directory temp;
  auto file = temp.path() / "file";
  std::ofstream{file} << "x";
  EXPECT_EQ(code_of_open(file), ec::io_error);
  EXPECT_EQ(code_of_open(file / "below"), ec::io_error);
  EXPECT_EQ(code_of_open(""), ec::invalid_value);
}

TEST(data_directory, refuses_one_it_cannot_write) {
  temp_directory temp;
  auto dir = temp.path() / "sealed";
  ASSERT_TRUE(data_directory::create_or_open(dir));
  ASSERT_EQ(::chmod(dir.c_str(), 0500), 0);
  auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // Root may write everywhere, so an ordinary user has to try.
    if (::geteuid() == 0
        && (::chown(temp.path().c_str(), 65534, 65534) != 0
            || ::chown(dir.c_str(), 65534, 65534) != 0
            || ::seteuid(65534) != 0))
      ::_exit(2);
    ::_exit(code_of_open(dir) == ec::io_error ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

} // namespace

} // namespace ringside::persistence::test
