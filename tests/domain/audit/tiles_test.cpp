#include "domain/audit/tiles.hpp"

#include "domain/audit/merkle.hpp"
#include "domain/audit/sha256.hpp"

#include <gtest/gtest.h>

namespace ringside::audit {

TEST(audit_tiles, arithmetic_of_the_published_sizes) {
  EXPECT_EQ(full_tiles(70'000, 0), 273u);
  EXPECT_EQ(partial_width(70'000, 0), 112u);
  EXPECT_EQ(full_tiles(70'000, 1), 1u);
  EXPECT_EQ(partial_width(70'000, 1), 17u);
  EXPECT_EQ(full_tiles(70'000, 2), 0u);
  EXPECT_EQ(partial_width(70'000, 2), 1u);
  EXPECT_EQ(partial_width(70'000, 3), 0u);
  EXPECT_EQ(full_tiles(256, 0), 1u);
  EXPECT_EQ(partial_width(256, 0), 0u);
  EXPECT_EQ(partial_width(256, 1), 1u);
  EXPECT_EQ(partial_width(UINT64_MAX, 7), 255u);
  EXPECT_EQ(partial_width(UINT64_MAX, 8), 0u);
}

TEST(audit_tiles, knows_which_tiles_exist) {
  EXPECT_TRUE(tile_exists({0, 272, 256}, 70'000));
  EXPECT_FALSE(tile_exists({0, 273, 256}, 70'000));
  EXPECT_TRUE(tile_exists({0, 273, 112}, 70'000));
  EXPECT_TRUE(tile_exists({0, 273, 1}, 70'000));
  EXPECT_FALSE(tile_exists({0, 273, 113}, 70'000));
  EXPECT_FALSE(tile_exists({0, 273, 0}, 70'000));
  EXPECT_FALSE(tile_exists({0, 0, 257}, 70'000));
  EXPECT_FALSE(tile_exists({0, 274, 1}, 70'000));
  EXPECT_TRUE(tile_exists({std::nullopt, 273, 112}, 70'000));
  EXPECT_FALSE(tile_exists({0, 1, 1}, 256)) << "a partial of width 0";
  EXPECT_FALSE(tile_exists({9, 0, 1}, UINT64_MAX));
}

TEST(audit_tiles, paths_round_trip) {
  std::vector<std::pair<tile_id, std::string>> vectors{
    {{0, 1'234'067, 256}, "tile/0/x001/x234/067"},
    {{0, 0, 256}, "tile/0/000"},
    {{1, 999, 17}, "tile/1/999.p/17"},
    {{2, 1'000, 1}, "tile/2/x001/000.p/1"},
    {{std::nullopt, 273, 112}, "tile/entries/273.p/112"},
    {{std::nullopt, 1'234'067, 256}, "tile/entries/x001/x234/067"},
  };
  for (const auto& [id, path] : vectors) {
    EXPECT_EQ(tile_path(id), path);
    auto parsed = parse_tile_path(path);
    ASSERT_TRUE(parsed) << path;
    EXPECT_EQ(*parsed, id);
  }
}

TEST(audit_tiles, refuses_every_other_path) {
  for (auto path : {"",
                    "tile",
                    "tile/",
                    "tile/0",
                    "tile/0/",
                    "tile/0/1",
                    "tile/0/0001",
                    "tile/00/001",
                    "tile/8/001",
                    "tile/-1/001",
                    "tile/0/x000/001",
                    "tile/0/001/002",
                    "tile/0/x001",
                    "tile/0/001.p/0",
                    "tile/0/001.p/256",
                    "tile/0/001.p/01",
                    "tile/0/001.p/",
                    "tile/0/001.p",
                    "tile/0/001/",
                    "/tile/0/001",
                    "tile/0/../001",
                    "tile/entrie/001",
                    "tile/0/00a",
                    "tile/0/x001/x002/x003/x004/x005/x006/007",
                    "tile/0/001.p/1.p/1",
                    "tile/0/001.p/1/"})
    EXPECT_FALSE(parse_tile_path(path)) << path;
}

TEST(audit_tiles, hold_the_hashes_of_complete_subtrees) {
  leaf_log log;
  std::vector<hash> leaves;
  for (int i = 0; i < 600; ++i) {
    leaves.push_back(leaf_hash(std::to_string(i)));
    log.append(leaves.back());
  }
  auto first = *tile_bytes(log, {0, 1, 256});
  ASSERT_EQ(first.size(), 256u * 32);
  EXPECT_EQ(first.substr(32, 32), as_text(leaves[257]));
  auto partial = *tile_bytes(log, {0, 2, 88});
  EXPECT_EQ(partial.substr(87 * 32), as_text(leaves[599]));
  auto upper = *tile_bytes(log, {1, 0, 2});
  EXPECT_EQ(upper,
            std::string{as_text(root_of({leaves.data(), 256}))}
              + std::string{as_text(root_of({leaves.data() + 256, 256}))});
  for (tile_id id : {tile_id{0, 2, 89}, tile_id{1, 0, 3}, tile_id{2, 0, 1},
                     tile_id{std::nullopt, 0, 256}}) {
    auto missing = tile_bytes(log, id);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.reason().code, ec::not_found);
  }
}

TEST(audit_tiles, bundles_round_trip_and_show_cuts) {
  std::string bundle;
  std::string longest(65'535, 'x');
  ASSERT_TRUE(append_to_bundle(bundle, "one"));
  ASSERT_TRUE(append_to_bundle(bundle, ""));
  ASSERT_TRUE(append_to_bundle(bundle, longest));
  EXPECT_FALSE(append_to_bundle(bundle, longest + "x"));
  EXPECT_EQ(bundle.substr(0, 5), std::string("\0\3one", 5));
  auto entries = parse_bundle(bundle);
  ASSERT_TRUE(entries);
  EXPECT_EQ(*entries, (std::vector<std::string_view>{"one", "", longest}));
  EXPECT_TRUE(parse_bundle("")->empty());
  for (std::size_t cut : {1u, 2u, 3u, 4u, 6u, 8u, 9u, 1'000u})
    EXPECT_EQ(static_cast<bool>(parse_bundle({bundle.data(), cut})),
              cut == 5 || cut == 7)
      << cut;
  std::string many;
  for (int i = 0; i < 257; ++i)
    ASSERT_TRUE(append_to_bundle(many, "e"));
  EXPECT_FALSE(parse_bundle(many));
}

} // namespace ringside::audit
