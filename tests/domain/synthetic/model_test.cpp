#include "domain/synthetic/model.hpp"
#include "tests/domain/synthetic/fixture.hpp"

#include <gtest/gtest.h>

namespace ringside::synthetic {
namespace {

using test::shipped_parameters;

std::string refused(const parameters& p) {
  auto m = model::make(p);
  return m ? std::string{} : m.reason().field;
}

TEST(synthetic_model, takes_the_shipped_parameters) {
  EXPECT_EQ(refused(shipped_parameters()), "");
}

TEST(synthetic_model, names_what_is_wrong) {
  auto p = shipped_parameters();
  p.counts[2].mean_ppm = 0;
  EXPECT_EQ(refused(p), "counts.distance_missed.mean_ppm");
  p = shipped_parameters();
  p.control.none_ppm = 1'000'001;
  EXPECT_EQ(refused(p), "control.none_ppm");
  p = shipped_parameters();
  p.control.knots_s[4] = 0;
  EXPECT_EQ(refused(p), "control.knots_s");
  p = shipped_parameters();
  p.bout.own[3][1] += 1'000;
  EXPECT_EQ(refused(p), "bout.clinch_landed");
  p = shipped_parameters();
  p.round.own[0][0] = 100;
  EXPECT_EQ(refused(p), "round.knockdowns");
  p = shipped_parameters();
  p.judges.winner.intercept_milli = 10;
  EXPECT_EQ(refused(p), "judges.winner.intercept_milli");
  p = shipped_parameters();
  p.finish.knockdown_ppm = -1;
  EXPECT_EQ(refused(p), "finish.knockdown_ppm");
}

TEST(synthetic_model, refuses_correlations_that_nothing_can_have) {
  auto p = shipped_parameters();
  p.round.own[0][1] = p.round.own[1][0] = 990'000;
  EXPECT_EQ(refused(p), "round");
  p = shipped_parameters();
  p.bout.other[5][5] = 900'000;
  EXPECT_EQ(refused(p), "bout");
}

TEST(synthetic_model, is_the_same_after_a_file) {
  auto p = shipped_parameters();
  auto dir = std::filesystem::path{testing::TempDir()};
  p.id = "again";
  auto file = dir / "again.yaml";
  {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> out{
      std::fopen(file.c_str(), "w"), &std::fclose};
    auto text = simulate::text_of(p);
    std::fwrite(text.data(), 1, text.size(), out.get());
  }
  auto back = simulate::load_parameters(file);
  ASSERT_TRUE(back) << back.reason().detail;
  back->provenance = p.provenance;
  EXPECT_EQ(*back, p);
}

} // namespace
} // namespace ringside::synthetic
