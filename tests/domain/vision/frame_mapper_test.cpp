#include "app/config/load_fusion.hpp"
#include "app/config/load_vendors.hpp"
#include "domain/vision/vendor/mapper.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

/// The shipped formats of pictures, read as they are shipped.
namespace ringside::vendor {
namespace {

using analytics::action;

std::filesystem::path config_dir() {
  return std::filesystem::path{RINGSIDE_SOURCE_DIR} / "config";
}

std::vector<std::string> kinds() {
  auto plan = config::load_fusion(config_dir() / "fusion" / "standard.yaml");
  return plan ? plan->kinds : std::vector<std::string>{};
}

vendor_mapping shipped(const std::string& id) {
  auto m
    = config::load_vendor(config_dir() / "vendors" / (id + ".yaml"), kinds());
  EXPECT_TRUE(m) << m.reason().detail;
  return m ? *m : vendor_mapping{};
}

mapped_frame map(const std::string& text, const vendor_mapping& m) {
  auto item = json::parse(text, {64 * 1024, 8, true});
  EXPECT_TRUE(item) << text;
  return frame_mapper{m, kinds()}.map(item ? *item : json::value{});
}

mapped_frame own(const std::string& text) {
  return map(text, shipped("ringside_frames"));
}

std::string joints(const std::string& one, int n = 17) {
  std::string all;
  for (int i = 0; i < n; ++i)
    all += (i == 0 ? "" : ",") + one;
  return "[" + all + "]";
}

TEST(frame_mapper, a_whole_item_becomes_a_picture) {
  auto got = own(R"({"seq":7,"at_us":1790000000000000,"err_us":8000,
    "view_ppm":900000,"red":{"scores":{"punch":810000,"idle":5},
    "impact":"heavy","hold":"back","box":[100,200,400,900],"joints":)"
                 + joints("[1,-2,500000]")
                 + R"(,"flow":{"x":-40,"y":12}},"blue":null})");
  ASSERT_TRUE(got.frame) << text_of(got.why) << got.said;
  const auto& f = *got.frame;
  EXPECT_EQ(f.seq, 8u) << "counts from 1";
  EXPECT_EQ(f.at.count, 1'790'000'000'000'000);
  EXPECT_EQ(f.err_us, 8'000);
  EXPECT_EQ(f.view, ppm{900'000});
  EXPECT_FALSE(f.fighters.blue) << "out of sight";
  ASSERT_TRUE(f.fighters.red);
  const auto& v = *f.fighters.red;
  EXPECT_EQ(v.score_ppm[analytics::index(action::punch)], 810'000);
  EXPECT_EQ(v.score_ppm[analytics::index(action::kick)], 0);
  EXPECT_EQ(v.impact, analytics::impact_level::heavy);
  EXPECT_EQ(v.hold, analytics::hold_kind::back);
  EXPECT_EQ(v.box, (analytics::box{{100, 200}, {400, 900}}));
  EXPECT_EQ((*v.skeleton)[16], (analytics::keypoint{{1, -2}, ppm{500'000}}));
  EXPECT_EQ(v.motion, (analytics::place{-40, 12}));
}

TEST(frame_mapper, what_is_not_said_stays_unsaid) {
  auto got = own(R"({"seq":0,"at_us":1,"red":{"scores":{}}})");
  ASSERT_TRUE(got.frame);
  EXPECT_EQ(got.frame->seq, 1u);
  EXPECT_EQ(got.frame->view, ppm{1'000'000});
  EXPECT_EQ(got.frame->err_us, 20'000) << "of the mapping";
  const auto& v = *got.frame->fighters.red;
  EXPECT_FALSE(v.hold || v.box || v.skeleton || v.motion);
  EXPECT_EQ(v.impact, analytics::impact_level::none);
}

TEST(frame_mapper, whatever_is_wrong_is_refused_by_name) {
  using row = std::pair<std::string, refusal>;
  auto head = [](const std::string& rest) {
    return R"({"seq":1,"at_us":1)" + rest + "}";
  };
  auto red = [&](const std::string& rest) {
    return head(R"(,"red":{"scores":{"punch":1})" + rest + "}");
  };
  for (const auto& [text, why] :
       {row{"[]", refusal::no_object},
        row{R"({"at_us":1})", refusal::bad_number},
        row{R"({"seq":-1,"at_us":1})", refusal::bad_number},
        row{R"({"seq":"x","at_us":1})", refusal::bad_number},
        row{R"({"seq":1})", refusal::bad_time},
        row{R"({"seq":1,"at_us":"x"})", refusal::bad_time},
        row{head(R"(,"err_us":-1)"), refusal::bad_error},
        row{head(R"(,"view_ppm":1000001)"), refusal::bad_view},
        row{head(R"(,"red":3)"), refusal::bad_fighter},
        row{head(R"(,"red":{})"), refusal::no_scores},
        row{head(R"(,"red":{"scores":{"jab":1}})"), refusal::unknown_label},
        row{head(R"(,"red":{"scores":{"punch":-1}})"), refusal::bad_score},
        row{red(R"(,"impact":"hard")"), refusal::unknown_impact},
        row{red(R"(,"hold":"side")"), refusal::unknown_hold},
        row{red(R"(,"box":[1,2,3])"), refusal::bad_box},
        row{red(R"(,"joints":)" + joints("[1,2,3]", 16)), refusal::bad_joints},
        row{red(R"(,"joints":)" + joints("[1,2]")), refusal::bad_joints},
        row{red(R"(,"flow":{"x":1})"), refusal::bad_flow}}) {
    auto got = own(text);
    EXPECT_EQ(got.why, why) << text << " " << text_of(got.why);
    EXPECT_FALSE(got.frame) << text;
  }
}

TEST(frame_mapper, the_earlier_systems_format_is_read_by_configuration) {
  auto m = shipped("earlier_frames");
  auto got = map(R"({"frame_id":12,"timestamp_ms":1790000000123.5,
    "camera_id":"c1","fighter_id":"fighter2","action_type":"kick",
    "action_logits":{"kick":0.83,"punch":0.1},
    "fighter_bbox":[960,540,1080,1080],"impact_detected":false,
    "impact_level":null,"keypoints":)"
                   + joints("[540,108.5,0.9]")
                   + R"(,"motion_vectors":{"vx":108,"vy":-54,"magnitude":3}})",
                 m);
  ASSERT_TRUE(got.frame) << text_of(got.why) << got.said;
  EXPECT_EQ(got.frame->at.count, 1'790'000'000'123'500);
  EXPECT_FALSE(got.frame->fighters.red);
  const auto& v = *got.frame->fighters.blue;
  EXPECT_EQ(v.score_ppm[analytics::index(action::kick)], 830'000);
  EXPECT_EQ(v.box, (analytics::box{{888, 500}, {1'000, 1'000}}))
    << "pixels in thousandths of the height";
  EXPECT_EQ((*v.skeleton)[0], (analytics::keypoint{{500, 100}, ppm{900'000}}));
  EXPECT_EQ(v.motion, (analytics::place{100, -50}));
  auto nobody = map(R"({"frame_id":1,"timestamp_ms":1,
    "fighter_id":"fighter3","action_logits":{}})",
                    m);
  EXPECT_EQ(nobody.why, refusal::unknown_corner);
}

TEST(frame_mapper, lengths_may_be_shares_and_joints_flat) {
  auto m = shipped("earlier_frames");
  m.frames.unit = length_unit::share;
  m.frames.boxes = box_form::size;
  m.frames.joint_lists = joint_form::flat;
  auto got = map(R"({"frame_id":1,"timestamp_ms":1,"fighter_id":"fighter1",
    "action_logits":{},"fighter_bbox":[0.5,0.5,0.25,0.25],"keypoints":)"
                   + joints("0.5,0.5,1") + "}",
                 m);
  ASSERT_TRUE(got.frame) << text_of(got.why) << got.said;
  const auto& v = *got.frame->fighters.red;
  EXPECT_EQ(v.box, (analytics::box{{888, 500}, {1'332, 750}}));
  EXPECT_EQ((*v.skeleton)[3],
            (analytics::keypoint{{888, 500}, ppm{1'000'000}}));
}

TEST(frame_mapper, a_strike_gets_the_kind_that_a_picture_can_tell) {
  frame_mapper how{shipped("ringside_frames"), kinds()};
  auto name = [&](action a, bout::strike_target t) {
    auto k = how.kind_of(a, t);
    return k ? kinds()[*k] : std::string{"none"};
  };
  using bout::strike_target;
  EXPECT_EQ(name(action::punch, strike_target::head), "none");
  EXPECT_EQ(name(action::elbow, strike_target::unknown), "elbow");
  EXPECT_EQ(name(action::kick, strike_target::head), "head_kick");
  EXPECT_EQ(name(action::kick, strike_target::body), "body_kick");
  EXPECT_EQ(name(action::kick, strike_target::leg), "none");
}

TEST(frame_mapper, a_mapping_that_cannot_work_is_refused) {
  using change = void (*)(vendor_mapping&);
  using row = std::pair<const char*, change>;
  for (const auto& [field, spoil] :
       {row{"fields.number", [](auto& m) { m.frames.number.clear(); }},
        row{"fighter.scores", [](auto& m) { m.frames.scores.clear(); }},
        row{"fighters", [](auto& m) { m.corner = {"fighter"}; }},
        row{"fighters", [](auto& m) { m.frames.blue.clear(); }},
        row{"picture", [](auto& m) { m.frames.unit = length_unit::pixel; }},
        row{"fighter.flow_x", [](auto& m) { m.frames.flow_y.clear(); }},
        row{"actions", [](auto& m) { m.frames.actions.clear(); }},
        row{"ignored", [](auto& m) { m.frames.ignored = {"punch"}; }},
        row{"impacts", [](auto& m) { m.frames.impacts[0].name = "heavy"; }},
        row{"kinds", [](auto& m) { m.frames.kinds[0].kind = "slap"; }},
        row{"kinds",
            [](auto& m) { m.frames.kinds[0].action = action::clinch; }}}) {
    auto m = shipped("ringside_frames");
    EXPECT_TRUE(validate(m, kinds()));
    spoil(m);
    auto sound = validate(m, kinds());
    ASSERT_FALSE(sound) << field;
    EXPECT_EQ(sound.reason().field, field) << sound.reason().detail;
  }
}

} // namespace
} // namespace ringside::vendor
