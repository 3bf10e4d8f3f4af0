#include "domain/audit/key_rotation.hpp"
#include "domain/audit/text.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace ringside::audit {

namespace {

using namespace vectors;

entry_fields rotation_entry(std::uint64_t seq, std::uint64_t from) {
  entry_fields e;
  e.log = origin;
  e.seq = seq;
  e.bout = system_bout;
  e.actor = "admin:offline";
  e.kind = kind_key_rotate;
  e.data = rotation_data(key_of(origin, seed_1), key_of(origin, seed_2), from);
  return e;
}

} // namespace

TEST(key_rotation, is_read_back) {
  auto found = rotation_in(rotation_entry(6, 7));
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->old_key, key_of(origin, seed_1).verifier());
  EXPECT_EQ((*found)->new_key, key_of(origin, seed_2).verifier());
  EXPECT_EQ((*found)->from, 7u);
  auto other = rotation_entry(6, 7);
  other.kind = "node_started";
  EXPECT_EQ(*rotation_in(other), std::nullopt);
}

TEST(key_rotation, of_another_place_or_without_both_signatures_is_none) {
  EXPECT_FALSE(rotation_in(rotation_entry(5, 7)));
  auto e = rotation_entry(6, 7);
  auto note = *e.data.find("note")->as_string();
  for (std::size_t at = 0; at < note.size(); ++at) {
    auto bad = note;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    if (find_bad_utf8(bad) != std::string_view::npos)
      continue;
    e.data = json::object{{"note", bad}};
    EXPECT_FALSE(rotation_in(e)) << at;
  }
  auto one_line = note.substr(0, note.rfind("\xe2\x80\x94"));
  e.data = json::object{{"note", one_line}};
  EXPECT_FALSE(rotation_in(e));
}

TEST(key_rotation, leads_back_from_the_present_key) {
  auto a = key_of(origin, seed_1).verifier();
  auto b = key_of(origin, seed_2).verifier();
  auto c = key_of("other", seed_2).verifier();
  const auto end = std::numeric_limits<std::uint64_t>::max();
  std::array both{key_rotation{a, b, 7}, key_rotation{b, c, 9}};
  auto keys = keys_before(c, both);
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys[0].key, a);
  EXPECT_EQ(keys[0].to, 7u);
  EXPECT_EQ(keys[1].from, 7u);
  EXPECT_EQ(keys[1].to, 9u);
  EXPECT_EQ(keys[2].from, 9u);
  EXPECT_EQ(keys[2].to, end);
  // Somebody else's rotations give no keys.
  keys = keys_before(a, both);
  ASSERT_EQ(keys.size(), 1u);
  EXPECT_EQ(keys[0].key, a);
  EXPECT_EQ(keys[0].from, 0u);
  EXPECT_EQ(keys[0].to, end);
}

} // namespace ringside::audit
