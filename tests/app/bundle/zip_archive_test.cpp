#include "app/bundle/zip_archive.hpp"
#include "domain/base/limits.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>
#include <zip.h>

namespace ringside::bundle {
namespace {

namespace fs = std::filesystem;
using file_list = std::vector<audit::bundle_file>;

class zip_archive_test : public testing::Test {
protected:
  ~zip_archive_test() override {
    fs::remove(file_);
  }

  void write(const std::string& bytes) {
    std::ofstream{file_, std::ios::binary | std::ios::trunc} << bytes;
  }

  result<file_list> unpack() const {
    return unpack_zip(file_);
  }

  ec why() const {
    auto files = unpack();
    return files ? ec::internal : files.reason().code;
  }

  fs::path file_ = fs::temp_directory_path()
                   / ("zip_archive_test." + std::to_string(::getpid()));
};

/// Replaces four bytes, little-endian, `offset` behind every `mark`.
void patch(std::string& zip, const std::string& mark, std::size_t offset,
           std::uint32_t value) {
  for (auto at = zip.find(mark); at != std::string::npos;
       at = zip.find(mark, at + 1))
    for (std::size_t i = 0; i < 4; ++i)
      zip[at + offset + i] = static_cast<char>(value >> (8 * i));
}

const std::string directory_mark = "PK\x01\x02";
const std::string local_mark = "PK\x03\x04";

TEST_F(zip_archive_test, what_was_packed_comes_back) {
  file_list files{
    {"a.txt", "hello"}, {"dir/b", std::string(100'000, 'x')}, {"empty", ""}};
  auto zip = pack_zip(files);
  ASSERT_TRUE(zip);
  EXPECT_LT(zip->size(), 2'000u);
  EXPECT_EQ(*pack_zip(files), *zip) << "the same files, the same bytes";
  write(*zip);
  auto back = unpack();
  ASSERT_TRUE(back) << back.reason().detail;
  EXPECT_EQ(*back, files);
}

TEST_F(zip_archive_test, what_is_no_zip) {
  EXPECT_EQ(why(), ec::not_found);
  write("");
  EXPECT_EQ(why(), ec::malformed);
  write(std::string(10'000, 'x'));
  EXPECT_EQ(why(), ec::malformed);
  auto zip = *pack_zip({{"a", std::string(5'000, 'y')}, {"b", "z"}});
  for (std::size_t keep = 0; keep < zip.size(); ++keep) {
    write(zip.substr(0, keep));
    EXPECT_EQ(why(), ec::malformed) << keep;
  }
}

TEST_F(zip_archive_test, a_bomb_is_not_unpacked) {
  auto bomb
    = *pack_zip({{"bomb", std::string(limits::bundle_bytes_max + 1, '\0')}});
  ASSERT_LT(bomb.size(), 100'000u);
  write(bomb);
  EXPECT_EQ(why(), ec::too_large);
}

TEST_F(zip_archive_test, many_members_together_are_a_bomb_too) {
  file_list files;
  for (int i = 0; i < 65; ++i)
    files.push_back({"m" + std::to_string(i), std::string(1 << 20, '\0')});
  write(*pack_zip(files));
  EXPECT_EQ(why(), ec::too_large);
}

TEST_F(zip_archive_test, absurd_sizes_in_the_directory) {
  auto sound = *pack_zip({{"a", std::string(5'000, 'y')}});
  for (auto size : {0xffff'fffeU, 0x7fff'ffffU, 0x0400'0001U}) {
    auto zip = sound;
    patch(zip, directory_mark, 24, size);
    patch(zip, local_mark, 22, size);
    write(zip);
    auto code = why();
    EXPECT_TRUE(code == ec::too_large || code == ec::malformed) << size;
  }
}

TEST_F(zip_archive_test, a_size_that_is_a_lie_makes_the_member_unreadable) {
  auto sound = *pack_zip({{"a", std::string(5'000, 'y')}});
  for (auto size : {4'999U, 5'001U, 60'000'000U, 1U}) {
    auto zip = sound;
    patch(zip, directory_mark, 24, size);
    patch(zip, local_mark, 22, size);
    write(zip);
    auto files = unpack();
    if (!files)
      continue;
    ASSERT_EQ(files->size(), 1u);
    EXPECT_EQ(files->front().bytes, "(cannot be unpacked)") << size;
  }
}

TEST_F(zip_archive_test, every_flipped_byte_is_noticed_or_harmless) {
  file_list files{{"a", "some text, some more text, text"}, {"b", "other"}};
  auto sound = *pack_zip(files);
  int silent = 0;
  for (std::size_t at = 0; at < sound.size(); ++at) {
    auto zip = sound;
    zip[at] = static_cast<char>(zip[at] ^ 1);
    write(zip);
    auto back = unpack();
    silent += back && *back == files ? 1 : 0;
  }
  // Time stamps, versions and attributes say nothing about the content.
  EXPECT_LT(static_cast<std::size_t>(silent), sound.size() / 2);
}

} // namespace
} // namespace ringside::bundle
