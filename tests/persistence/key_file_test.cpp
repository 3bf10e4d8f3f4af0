#include "persistence/key_file.hpp"
#include "tests/persistence/support/store_place.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>

namespace ringside::persistence::test {

namespace {

class key_files : public testing::Test {
protected:
  void SetUp() override {
    for (std::size_t i = 0; i < seed.size(); ++i)
      seed[i] = static_cast<std::uint8_t>(250 - 7 * i);
  }

  ec read_code() {
    auto key = read_key_file(file);
    return key ? ec{} : key.reason().code;
  }

  temp_directory dir;
  std::filesystem::path file = dir.path() / "log.key";
  key_seed seed{};
};

TEST_F(key_files, comes_back_as_written) {
  ASSERT_TRUE(write_key_file(file, seed));
  EXPECT_EQ(*read_key_file(file), seed);
  struct stat info {};
  ASSERT_EQ(::stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(key_files, is_never_overwritten) {
  ASSERT_TRUE(write_key_file(file, seed));
  auto again = write_key_file(file, key_seed{});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.reason().code, ec::wrong_state);
  EXPECT_EQ(*read_key_file(file), seed);
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".tmp"));
}

TEST_F(key_files, missing_one_is_not_found) {
  EXPECT_EQ(read_code(), ec::not_found);
}

TEST_F(key_files, readable_by_others_is_refused) {
  ASSERT_TRUE(write_key_file(file, seed));
  for (::mode_t mode : {0640u, 0604u, 0620u}) {
    ASSERT_EQ(::chmod(file.c_str(), mode), 0);
    EXPECT_EQ(read_code(), ec::forbidden);
  }
}

TEST_F(key_files, of_another_length_is_corrupt) {
  for (std::size_t length : {0u, 31u, 33u, 5'000u}) {
    std::ofstream{file} << std::string(length, 'k');
    ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
    EXPECT_EQ(read_code(), ec::corrupt) << length;
  }
}

TEST_F(key_files, without_a_directory_is_an_io_error) {
  auto done = write_key_file(dir.path() / "no" / "log.key", seed);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.reason().code, ec::io_error);
}

} // namespace

} // namespace ringside::persistence::test
