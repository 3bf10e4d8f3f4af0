#include "app/config/yaml_file.hpp"
#include "domain/base/corner.hpp"
#include "domain/rules/kinds.hpp"
#include "tests/app/config/yaml_fixture.hpp"

namespace ringside::config::test {

namespace {

using yaml_reader_test = yaml_fixture;

/// Reads with `read` and gives back the complaint, empty if there was none.
template <class Read>
std::string complaint(const std::filesystem::path& path, Read read) {
  auto got = read_yaml<int>(path, [&](yaml_reader& in) {
    read(in);
    return 0;
  });
  return got ? "" : got.reason().detail;
}

} // namespace

TEST_F(yaml_reader_test, gives_every_kind_of_value) {
  auto path = write("a.yaml", "name: \"x y\"\nbare: 12\ncount: 7\n"
                              "on: true\noff: false\nscore: 9.5\nten: 10\n"
                              "words: [a, b]\nnumbers: [1, 2]\nkind: boxing\n"
                              "kinds: [mma, boxing]\nempty: \"\"\n"
                              "inner: {deep: 3}\nlist:\n  - {n: 1}\n"
                              "  - {n: 2}\n");
  EXPECT_EQ(
    complaint(path,
              [](yaml_reader& in) {
                EXPECT_EQ(in.text("name"), "x y");
                EXPECT_EQ(in.text("bare"), "12");
                EXPECT_EQ(in.small("count"), 7);
                EXPECT_TRUE(in.flag("on"));
                EXPECT_FALSE(in.flag("off"));
                EXPECT_EQ(in.tenths("score"), points{95});
                EXPECT_EQ(in.tenths("ten"), points{100});
                EXPECT_EQ(in.texts("words").size(), 2u);
                EXPECT_EQ(in.smalls("numbers")[1], 2);
                EXPECT_EQ(in.name<rules::sport>("kind"), rules::sport::boxing);
                EXPECT_EQ(in.names<rules::sport>("kinds").size(), 2u);
                EXPECT_EQ(in.text_or_empty("empty"), "");
                EXPECT_EQ(in.section("inner").small("deep"), 3);
                EXPECT_FALSE(in.has("absent"));
                int sum = 0;
                in.each("list",
                        [&](yaml_reader& one) { sum += one.small("n"); });
                EXPECT_EQ(sum, 3);
              }),
    "");
}

TEST_F(yaml_reader_test, names_unknown_keys_with_line_and_nearest_key) {
  auto path = write("a.yaml", "round_count: 3\nrond_count: 4\n");
  EXPECT_EQ(complaint(path, [](yaml_reader& in) { in.small("round_count"); }),
            path.string()
              + ":2: unknown key 'rond_count'; did you mean 'round_count'?");
}

TEST_F(yaml_reader_test, gives_no_hint_where_nothing_is_near) {
  auto path = write("a.yaml", "round_count: 3\nelephant: 4\n");
  EXPECT_EQ(complaint(path, [](yaml_reader& in) { in.small("round_count"); }),
            path.string() + ":2: unknown key 'elephant'");
}

TEST_F(yaml_reader_test, names_the_path_of_an_inner_key) {
  auto path = write("a.yaml", "scale:\n  base: 10\n  stepp: 1\n");
  auto text = complaint(path, [](yaml_reader& in) {
    auto scale = in.section("scale");
    scale.tenths("base");
    scale.tenths("step");
  });
  EXPECT_EQ(text, path.string() + ":2: key 'scale.step' is missing\n"
                    + path.string()
                    + ":3: unknown key 'scale.stepp'; did you mean 'step'?");
}

TEST_F(yaml_reader_test, refuses_a_key_that_stands_twice) {
  auto path = write("a.yaml", "a: 1\nb: 2\na: 3\n");
  EXPECT_EQ(complaint(path,
                      [](yaml_reader& in) {
                        in.small("a");
                        in.small("b");
                      }),
            path.string() + ":3: key 'a' stands twice");
}

TEST_F(yaml_reader_test, refuses_values_of_the_wrong_type) {
  struct bad_value {
    const char* text;
    void (*read)(yaml_reader&);
    const char* complaint;
  };
  const bad_value all[]{
    {"v: \"3\"", [](yaml_reader& in) { in.small("v"); }, "must be an integer"},
    {"v: 3.5", [](yaml_reader& in) { in.small("v"); }, "must be an integer"},
    {"v: 0x10", [](yaml_reader& in) { in.small("v"); }, "must be an integer"},
    {"v: 9999999999999999999", [](yaml_reader& in) { in.small("v"); },
     "must be an integer"},
    {"v: 11", [](yaml_reader& in) { in.small("v", 0, 10); },
     "between 0 and 10"},
    {"v: yes", [](yaml_reader& in) { in.flag("v"); }, "true or false"},
    {"v: \"true\"", [](yaml_reader& in) { in.flag("v"); }, "true or false"},
    {"v: 9.55", [](yaml_reader& in) { in.tenths("v"); }, "must be points"},
    {"v: -1", [](yaml_reader& in) { in.tenths("v"); }, "must be points"},
    {"v: .5", [](yaml_reader& in) { in.tenths("v"); }, "must be points"},
    {"v: 9.", [](yaml_reader& in) { in.tenths("v"); }, "must be points"},
    {"v: [a]", [](yaml_reader& in) { in.text("v"); }, "must be a string"},
    {"v: \"\"", [](yaml_reader& in) { in.text("v"); }, "not empty"},
    {"v:", [](yaml_reader& in) { in.text("v"); }, "must be a string"},
    {"v: a", [](yaml_reader& in) { in.texts("v"); }, "must be a list"},
    {"v: [[a]]", [](yaml_reader& in) { in.texts("v"); }, "only strings"},
    {"v: [1, x]", [](yaml_reader& in) { in.smalls("v"); }, "only integers"},
    {"v: [1, \"2\"]", [](yaml_reader& in) { in.smalls("v"); }, "only integers"},
    {"v: 3", [](yaml_reader& in) { in.section("v"); }, "must be a mapping"},
    {"v: [1]", [](yaml_reader& in) { in.each("v", [](yaml_reader&) {}); },
     "'v[0]' must be a mapping"},
    {"v: boxin", [](yaml_reader& in) { in.name<rules::sport>("v"); },
     "did you mean 'boxing'?"},
    {"v: chess", [](yaml_reader& in) { in.name<rules::sport>("v"); },
     "one of mma boxing"},
    {"v: [mma, grapling]", [](yaml_reader& in) { in.names<rules::sport>("v"); },
     "did you mean 'grappling'?"},
    {"w: 1", [](yaml_reader& in) { in.small("v"); }, "key 'v' is missing"},
    {"[1]: 1", [](yaml_reader&) {}, "a key must be a word"},
  };
  for (const auto& one : all) {
    auto path
      = write("a.yaml", std::string{"# first line\n"} + one.text + "\n");
    auto text = complaint(path, one.read);
    EXPECT_NE(text.find(one.complaint), std::string::npos)
      << one.text << " -> " << text;
    EXPECT_EQ(text.find(path.string() + ":2: "), 0u)
      << one.text << " -> " << text;
  }
}

TEST_F(yaml_reader_test, refuses_what_is_not_one_yaml_mapping) {
  auto none = [](yaml_reader&) {};
  EXPECT_NE(complaint(write("a.yaml", "a: [1\nb: 2\n"), none).find("a.yaml:2"),
            std::string::npos);
  EXPECT_NE(complaint(write("b.yaml", "a: 1\n---\nb: 1\n"), none)
              .find("one YAML document, holds 2"),
            std::string::npos);
  EXPECT_NE(complaint(write("c.yaml", ""), none).find("one YAML document"),
            std::string::npos);
  EXPECT_NE(complaint(write("d.yaml", "- 1\n"), none)
              .find("the file must be a mapping"),
            std::string::npos);
  EXPECT_NE(
    complaint(write("e.yaml", std::string(yaml_bytes_max + 1, '#')), none)
      .find("bigger than 256 KiB"),
    std::string::npos);
}

TEST_F(yaml_reader_test, says_which_file_cannot_be_read) {
  for (const auto& path : {dir / "absent.yaml", dir}) {
    auto got = load_yaml(path);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.reason().code, ec::io_error);
    EXPECT_NE(got.reason().detail.find(path.string()), std::string::npos);
  }
}

TEST_F(yaml_reader_test, survives_deep_nesting) {
  auto deep = "a: " + std::string(20'000, '[') + "\n";
  auto got = load_yaml(write("deep.yaml", deep));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().code, ec::malformed);
}

TEST(nearest_word, takes_small_slips_only) {
  const std::vector<std::string> known{"count_default", "rest_s", "step"};
  EXPECT_EQ(nearest("count_defualt", known), "count_default");
  EXPECT_EQ(nearest("rest", known), "rest_s");
  EXPECT_EQ(nearest("stpe", known), "step");
  EXPECT_EQ(nearest("xyz", known), std::nullopt);
  EXPECT_EQ(nearest("", known), std::nullopt);
}

} // namespace ringside::config::test
