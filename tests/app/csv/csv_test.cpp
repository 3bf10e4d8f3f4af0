#include "app/csv/csv.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace ringside::csv {

namespace {

result<table> parse(const std::string& text) {
  std::istringstream in{text};
  return read(in);
}

std::string refusal(const std::string& text) {
  auto got = parse(text);
  return got ? "" : got.reason().detail;
}

} // namespace

TEST(csv, reads_fields_by_the_name_of_their_column) {
  auto got = parse("a,b\n1,2\n3,4\n");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->rows(), 2u);
  EXPECT_EQ(*got->find(1, "b"), "4");
  EXPECT_EQ(got->at(0, got->column("a").value()), "1");
  EXPECT_EQ(got->column("c"), std::nullopt);
  EXPECT_EQ(got->find(0, "c"), nullptr);
  EXPECT_EQ(got->find(2, "a"), nullptr);
}

TEST(csv, reads_quotes_commas_and_line_breaks_inside_a_field) {
  auto got = parse("a,b\r\n\"1,\"\"x\"\"\",\"two\r\nlines\"\r\n");
  ASSERT_TRUE(got) << got.reason().detail;
  EXPECT_EQ(*got->find(0, "a"), "1,\"x\"");
  EXPECT_EQ(*got->find(0, "b"), "two\r\nlines");
}

TEST(csv, the_last_record_may_lack_its_line_break) {
  auto got = parse("a,b\n1,");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->rows(), 1u);
  EXPECT_EQ(*got->find(0, "b"), "");
}

TEST(csv, a_header_alone_is_an_empty_table) {
  auto got = parse("a,b\n");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->rows(), 0u);
  EXPECT_EQ(got->header().size(), 2u);
}

TEST(csv, skips_a_byte_order_mark) {
  auto got = parse("\xEF\xBB\xBF"
                   "a\n1\n");
  ASSERT_TRUE(got);
  EXPECT_TRUE(got->column("a"));
}

TEST(csv, names_the_line_of_what_is_wrong) {
  EXPECT_EQ(refusal(""), "line 1: there is no header");
  EXPECT_EQ(refusal("a,a\n"), "line 1: column 'a' stands twice");
  EXPECT_EQ(refusal("a,\n"), "line 1: a column has no name");
  EXPECT_EQ(refusal("a,b\n1,2\n1\n"), "line 3: 1 fields instead of 2");
  EXPECT_EQ(refusal("a,b\n1,2,3\n"), "line 2: 3 fields instead of 2");
  EXPECT_EQ(refusal("a,b\n1,x\"y\n"),
            "line 2: a quote inside a field that is not quoted");
  EXPECT_EQ(refusal("a,b\n\n"), "line 2: 1 fields instead of 2");
  EXPECT_EQ(refusal("a\n\"x\ny"), "line 2: a quote is never closed");
  EXPECT_EQ(refusal("a\n\"x\"y\n"), "line 2: text after a closing quote");
  EXPECT_EQ(refusal("a\nx\ry\n"),
            "line 2: a carriage return without a line feed");
  EXPECT_EQ(refusal("\xEF\xBBx"), "line 1: broken byte order mark");
}

TEST(csv, counts_lines_inside_quotes) {
  EXPECT_EQ(refusal("a,b\n\"1\n\n2\",3\n4\n"), "line 5: 1 fields instead of 2");
}

TEST(csv, a_field_has_a_limit) {
  auto full = std::string(field_bytes_max, 'x');
  EXPECT_TRUE(parse("a\n" + full + "\n"));
  for (const auto& text : {"a\n" + full + "x\n", "a\n\"" + full + "x\"\n"}) {
    auto got = parse(text);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.reason().code, ec::too_large);
  }
}

TEST(csv, a_stream_that_failed_is_an_error) {
  std::istringstream in{"a\n"};
  in.setstate(std::ios::failbit);
  auto got = read(in);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().code, ec::io_error);
}

} // namespace ringside::csv
