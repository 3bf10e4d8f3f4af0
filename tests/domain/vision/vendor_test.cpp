#include "domain/vision/vendor/fixed.hpp"
#include "domain/vision/vendor/label_counts.hpp"
#include "domain/vision/vendor/mapper.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace ringside::vendor {
namespace {

const std::vector<std::string> known_kinds{"jab", "cross", "head_kick"};

vendor_mapping example() {
  vendor_mapping m;
  m.id = "example";
  m.label = {"event.kind", "type"};
  m.corner = {"fighterId"};
  m.time = {"ts"};
  m.error = {"err"};
  m.confidence = {"certainty"};
  m.severity = {"impact"};
  m.target = {"target"};
  m.in_view = {"visible"};
  m.unit = time_unit::ms;
  m.clock = clock_kind::utc;
  m.err_us = 100'000;
  m.confidence_unit = share_unit::share;
  m.severity_unit = share_unit::percent;
  m.corners = {{"fighter1", corner::red}, {"2", corner::blue}};
  m.labels
    = {{"punch_jab", "jab"}, {"kick", "head_kick", bout::strike_target::head}};
  m.no_strikes = {"knockdown"};
  return m;
}

mapped mapped_from(const std::string& text,
                   const vendor_mapping& m = example()) {
  EXPECT_TRUE(validate(m, known_kinds));
  auto item = json::parse(text, {64 * 1024, 8, true});
  EXPECT_TRUE(item) << text;
  return mapper{m, known_kinds}.map(item ? *item : json::value{});
}

TEST(vendor_mapper, a_whole_item_becomes_a_report) {
  auto got = mapped_from(R"({"event":{"kind":"kick"},"fighterId":2,"ts":1732.5,
    "certainty":0.873,"impact":55,"visible":false,"unused":null})");
  ASSERT_TRUE(got.report);
  EXPECT_EQ(got.report->kind, fusion::kind_index{2});
  EXPECT_EQ(got.report->corner, corner::blue);
  EXPECT_EQ(got.report->t_est.count, 1'732'500);
  EXPECT_EQ(got.report->err_us, 100'000);
  EXPECT_EQ(got.report->conf, ppm{873'000});
  EXPECT_EQ(got.report->severity, ppm{550'000});
  EXPECT_EQ(got.report->target, bout::strike_target::head);
  EXPECT_FALSE(got.report->in_view);
}

TEST(vendor_mapper, what_is_not_said_stays_unsaid) {
  auto got = mapped_from(R"({"type":"punch_jab","ts":1,"certainty":null})");
  ASSERT_TRUE(got.report);
  EXPECT_FALSE(got.report->corner);
  EXPECT_FALSE(got.report->conf);
  EXPECT_FALSE(got.report->severity);
  EXPECT_EQ(got.report->target, bout::strike_target::unknown);
  EXPECT_TRUE(got.report->in_view);
}

TEST(vendor_mapper, a_known_label_that_is_no_strike_is_no_error) {
  auto got = mapped_from(R"({"type":"knockdown","ts":1})");
  EXPECT_FALSE(got.report);
  EXPECT_EQ(got.why, refusal::none);
}

TEST(vendor_mapper, an_unknown_label_is_refused_by_name_and_never_guessed) {
  for (const auto* name : {"punch_jabb", "Punch_Jab", "jab", "punch_jab "}) {
    auto got = mapped_from(R"({"type":")" + std::string{name} + R"(","ts":1})");
    EXPECT_FALSE(got.report) << name;
    EXPECT_EQ(got.why, refusal::unknown_label);
    EXPECT_EQ(got.said, name);
  }
}

TEST(vendor_mapper, whatever_is_wrong_is_named) {
  using row = std::pair<const char*, refusal>;
  for (const auto& [rest, why] :
       {row{R"("fighterId":"fighter3","ts":1)", refusal::unknown_corner},
        row{R"("fighterId":[1],"ts":1)", refusal::unknown_corner},
        row{R"("fighterId":2)", refusal::bad_time},
        row{R"("ts":"soon")", refusal::bad_time},
        row{R"("ts":-1)", refusal::bad_time},
        row{R"("ts":1e300)", refusal::bad_time},
        row{R"("ts":1,"err":-1)", refusal::bad_error},
        row{R"("ts":1,"err":2000001)", refusal::bad_error},
        row{R"("ts":1,"certainty":1.01)", refusal::bad_confidence},
        row{R"("ts":1,"certainty":true)", refusal::bad_confidence},
        row{R"("ts":1,"impact":101)", refusal::bad_severity},
        row{R"("ts":1,"target":"nose")", refusal::bad_target},
        row{R"("ts":1,"visible":"yes")", refusal::bad_in_view}}) {
    auto got = mapped_from(R"({"type":"punch_jab",)" + std::string{rest} + "}");
    EXPECT_FALSE(got.report) << rest;
    EXPECT_EQ(got.why, why) << rest << ' ' << text_of(got.why);
  }
  EXPECT_EQ(mapped_from(R"({"ts":1})").why, refusal::no_label);
  EXPECT_EQ(mapped_from("[]").why, refusal::no_object);
  EXPECT_EQ(mapped_from("7").why, refusal::no_object);
}

TEST(vendor_mapper, what_was_refused_is_cut_between_characters) {
  std::string name(63, 'x');
  name += "\u00e9\u00e9";
  auto got = mapped_from(R"({"type":")" + name + R"(","ts":1})");
  EXPECT_EQ(got.why, refusal::unknown_label);
  EXPECT_EQ(got.said, std::string(63, 'x'));
}

TEST(vendor_mapper, units_of_time) {
  auto m = example();
  for (auto [unit, us] :
       {std::pair{time_unit::ns, 1'234'567},
        std::pair{time_unit::us, 1'234'567'890}, std::pair{time_unit::s, 0}}) {
    m.unit = unit;
    auto got = mapped_from(R"({"type":"punch_jab","ts":1234567890})", m);
    ASSERT_TRUE(got.report);
    EXPECT_EQ(got.report->t_est.count,
              unit == time_unit::s ? 1'234'567'890'000'000 : us);
  }
}

TEST(fixed_point, decimals_are_exact) {
  using row = std::tuple<const char*, int, std::int64_t>;
  for (const auto& [text, shift, want] :
       {row{"0.7", 6, 700'000}, row{"0.1234564", 6, 123'456},
        row{"0.1234565", 6, 123'457}, row{"-0.1234565", 6, -123'457},
        row{"1e-5", 6, 10}, row{"1E+2", 0, 100}, row{"0", 6, 0},
        row{"1732312345.678901", 6, 1'732'312'345'678'901},
        row{"0.3333333333333333333333333333333333", 6, 333'333},
        row{"5e-400", 6, 0}, row{"0.49", 0, 0}, row{"0e300", 6, 0}}) {
    auto got = read_fixed(text, shift);
    ASSERT_TRUE(got) << text;
    EXPECT_EQ(*got, want) << text;
  }
}

TEST(fixed_point, what_is_no_number_is_nothing) {
  for (const auto* text : {"", "-", ".5", "1.", "1e", "1e+", "1e401", "0x1",
                           "1 ", "nan", "1e18", "99999999999999999999"})
    EXPECT_FALSE(read_fixed(text, 6)) << text;
}

TEST(vendor_labels, names_are_counted_up_to_a_cap) {
  label_counts counts;
  for (int i = 0; i < 100; ++i)
    counts.add("n" + std::to_string(i));
  counts.add("n0");
  EXPECT_EQ(counts.by_name().size(), label_counts::names_max);
  EXPECT_EQ(counts.by_name().at("n0"), 2u);
  EXPECT_EQ(counts.others(), 68u);
}

} // namespace
} // namespace ringside::vendor
