#include "app/node/journal_gate.hpp"

#include "domain/audit/checkpoint.hpp"
#include "persistence/journal_writer.hpp"
#include "tests/support/memory_world.hpp"

#include <gtest/gtest.h>

namespace ringside {
namespace {

using signer = std::optional<audit::signer_state>;

class journal_gate : public testing::Test {
protected:
  /// Four entries; heads of 2 and 3 are signed and kept, and the signer knows
  /// of one of 4 that the journal never heard of.
  void SetUp() override {
    auto writer
      = persistence::journal_writer::open(*store, world.origin, [](auto) {});
    ASSERT_TRUE(writer);
    for (int n = 1; n <= 4; ++n) {
      persistence::append_batch one{
        bout_id{"b1"}, {}, {{"admin:a1", "note_added", "{}", {}}}};
      ASSERT_TRUE(writer->commit({&one, 1}, utc_ns{n}).front());
      heads.push_back(
        {world.origin, writer->tree().size(), writer->tree().root()});
      if (n == 2 || n == 3)
        keep(heads.back());
    }
  }

  void keep(const audit::checkpoint& head) {
    auto note = audit::sign_checkpoint(head, *world.key());
    ASSERT_TRUE(store->put_checkpoint({head.size, head.root, note}));
  }

  /// The head of so many entries.
  signer at(std::size_t size) const {
    return audit::signer_state{heads[size - 1]};
  }

  std::optional<error> check(const result<signer>& file) {
    audit::verify_options options;
    options.origin = world.origin;
    options.keys = {{world.key()->verifier()}};
    auto found = check_journal(*store, options, [&] { return file; });
    return found ? why_unsound(found->report) : found.reason();
  }

  static void expect_names(const std::optional<error>& found,
                           const std::string& text) {
    ASSERT_TRUE(found);
    EXPECT_EQ(found->code, ec::corrupt);
    EXPECT_NE(found->detail.find(text), std::string::npos) << found->detail;
  }

  test::memory_world world;
  std::unique_ptr<persistence::memory_journal_store> store
    = std::move(persistence::memory_journal_store::open(world.disk).value());
  std::vector<audit::checkpoint> heads;
};

TEST_F(journal_gate, a_signer_at_or_after_the_last_checkpoint_is_fine) {
  EXPECT_FALSE(check(at(4)));
  EXPECT_FALSE(check(at(3)));
}

TEST_F(journal_gate, a_missing_signer_file_is_found) {
  expect_names(check(signer{}), "entry 3: a head of 3 entries was signed, but "
                                "the signer's own file is missing");
}

TEST_F(journal_gate, an_older_signer_file_is_found) {
  expect_names(check(at(2)), "entry 3: a head of 3 entries was signed, but "
                             "the signer's own file knows only 2");
}

TEST_F(journal_gate, a_damaged_signer_file_is_found) {
  expect_names(check(refuse(ec::corrupt, "no state file")), "no state file");
}

TEST_F(journal_gate, a_disk_that_fails_is_no_finding) {
  auto found = check(refuse(ec::io_error, "no disk"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->code, ec::io_error);
}

TEST_F(journal_gate, a_flipped_byte_is_named_and_shuts_the_world) {
  world.disk->flip(2, 30);
  audit::verify_options options;
  options.origin = world.origin;
  options.keys = {{world.key()->verifier()}};
  auto found
    = check_journal(*store, options, [&] { return result<signer>{at(4)}; });
  ASSERT_TRUE(found);
  expect_names(why_unsound(found->report), "entry 2: ");
  auto shut = world.make({});
  shut_if_unsound(*shut, found->report);
  EXPECT_EQ(shut->open_writer().reason().code, ec::corrupt);
  EXPECT_EQ(shut->load_signed().reason().code, ec::corrupt);
  EXPECT_TRUE(shut->open_reader());
}

TEST_F(journal_gate, a_signer_file_that_falls_behind_is_noticed) {
  auto open = world.make({});
  remember_signer(*open, {});
  ASSERT_TRUE(open->store_signed(*at(2)));
  ASSERT_TRUE(open->store_signed(*at(3)));
  world.signed_last.reset();
  expect_names(open->load_signed().reason(), "entry 3: ");
  EXPECT_EQ(open->store_signed(*at(4)).reason().code, ec::corrupt);
  EXPECT_FALSE(world.signed_last) << "nothing is written over the loss";
  world.signed_last = at(2);
  expect_names(open->load_signed().reason(), "knows only 2");
  world.signed_last = at(3);
  EXPECT_TRUE(open->load_signed());
  EXPECT_TRUE(open->store_signed(*at(4)));
}

TEST_F(journal_gate, a_signer_file_lost_right_after_the_check_is_noticed) {
  auto open = world.make({});
  remember_signer(*open, at(3));
  expect_names(open->load_signed().reason(),
               "the signer's own file is missing");
  EXPECT_EQ(open->store_signed(*at(4)).reason().code, ec::corrupt);
}

} // namespace
} // namespace ringside
