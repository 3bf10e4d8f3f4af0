#include "domain/audit/leaf_log.hpp"
#include "tests/domain/audit/sample_log.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

/// Our trees, proofs, canonical form and chains against an implementation that
/// shares no code with them.
namespace ringside::audit {

namespace {

json::array hex_list(const std::vector<hash>& hashes) {
  json::array list;
  for (const auto& value : hashes)
    list.push_back(to_hex(value));
  return list;
}

/// Roots and proofs of random sizes of a log.
json::object claims_about(const leaf_log& log, std::mt19937_64& random) {
  auto pick = [&](std::uint64_t from, std::uint64_t to) {
    return from + random() % (to - from + 1);
  };
  json::array roots;
  json::array inclusion;
  json::array consistency;
  for (int i = 0; i < 3; ++i) {
    auto size = pick(1, log.size());
    auto index = pick(0, size - 1);
    auto from = pick(1, size);
    roots.push_back(
      json::object{{"size", size}, {"root", to_hex(*log.root_at(size))}});
    inclusion.push_back(
      json::object{{"index", index},
                   {"size", size},
                   {"proof", hex_list(*log.inclusion(index, size))}});
    consistency.push_back(
      json::object{{"from", from},
                   {"to", size},
                   {"proof", hex_list(*log.consistency(from, size))}});
  }
  roots.push_back(json::object{{"size", 0}, {"root", to_hex(*log.root_at(0))}});
  return json::object{
    {"roots", roots}, {"inclusion", inclusion}, {"consistency", consistency}};
}

json::object random_log(std::mt19937_64& random, std::uint64_t size_max) {
  leaf_log log;
  json::array leaves;
  for (auto n = 1 + random() % size_max; n > 0; --n) {
    auto bytes = std::to_string(random()).substr(random() % 8);
    log.append(leaf_hash(bytes));
    leaves.push_back(to_hex(
      {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
  }
  auto claims = claims_about(log, random);
  claims["leaves"] = leaves;
  return claims;
}

class second_implementation : public testing::Test {
protected:
  void SetUp() override {
    if (std::system("python3 -c pass >/dev/null 2>&1") != 0)
      GTEST_SKIP() << "python3 is not installed: nothing to compare with";
  }

  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }

  void write(const json::value& log) {
    std::ofstream out{file_, std::ios::app};
    out << json::to_text(log) << '\n';
  }

  /// Exit code of the second implementation over what was written.
  int judge() {
    auto command = "python3 '" RINGSIDE_SOURCE_DIR
                   "/tests/domain/audit/independent_verifier.py' '"
                   + file_.string() + "'";
    auto status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

private:
  std::filesystem::path file_
    = std::filesystem::path{testing::TempDir()}
      / ("ringside_logs_" + std::to_string(std::random_device{}()) + ".jsonl");
};

} // namespace

TEST_F(second_implementation, agrees_on_ten_thousand_random_logs) {
  std::mt19937_64 random{9'162};
  for (int i = 0; i < 10'000; ++i)
    write(random_log(random, 40));
  for (int i = 0; i < 5; ++i)
    write(random_log(random, 2'000));
  EXPECT_EQ(judge(), 0);
}

TEST_F(second_implementation, agrees_on_entries_and_chains) {
  auto sample = honest_log();
  leaf_log log;
  json::array entries;
  for (const auto& row : sample.rows) {
    log.append(row.leaf);
    entries.push_back(row.bytes);
  }
  std::mt19937_64 random{1};
  auto claims = claims_about(log, random);
  claims["entries"] = entries;
  write(claims);
  EXPECT_EQ(judge(), 0);
  // And it is no yes-man.
  std::swap(entries[3], entries[4]);
  claims["entries"] = entries;
  write(claims);
  EXPECT_EQ(judge(), 1);
}

TEST_F(second_implementation, disagrees_with_one_wrong_bit) {
  std::mt19937_64 random{2};
  auto log = random_log(random, 40);
  auto& proof = (*log["roots"].as_array())[0];
  auto root = *proof.find("root")->as_string();
  root[0] = root[0] == '0' ? '1' : '0';
  (*proof.as_object())["root"] = root;
  write(log);
  EXPECT_EQ(judge(), 1);
}

} // namespace ringside::audit
