#include "actors/records/reader.hpp"

#include "persistence/journal_writer.hpp"
#include "persistence/memory/memory_journal_store.hpp"
#include "tests/support/actor_fixture.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace ringside {
namespace {

class reader_fixture : public test::actor_fixture {
protected:
  /// Three entries of one bout, and one of another.
  void SetUp() override {
    auto store
      = std::move(persistence::memory_journal_store::open(disk).value());
    auto writer = std::move(
      persistence::journal_writer::open(*store, "log", [](auto) {}).value());
    persistence::entry_draft note{"admin:a1", "note_added", "{}", {}};
    std::vector<persistence::append_batch> batches{
      {bout_id{"b1"}, {}, {note, note, note}}, {bout_id{"b2"}, {}, {note}}};
    for (const auto& place : writer.commit(batches, utc_ns{1}))
      ASSERT_TRUE(place);
    reader_deps deps;
    deps.services = services;
    deps.open = [d = disk] {
      auto opened = persistence::memory_journal_store::open(d, {true});
      return result<std::unique_ptr<persistence::journal_store>>{
        std::move(opened.value())};
    };
    reader = track(sys->spawn(reader_behavior, std::move(deps)));
  }

  protocol::entries_answer bout(const char* id) {
    return *ask<protocol::entries_answer>(reader,
                                          protocol::read_bout{bout_id{id}});
  }

  static std::size_t rows(const protocol::entries_answer& x) {
    const auto* list = std::get_if<protocol::entry_list>(&x.outcome);
    return list != nullptr ? (*list)->size() : 0;
  }

  std::shared_ptr<persistence::memory_disk> disk
    = std::make_shared<persistence::memory_disk>();
  protocol::reader_actor reader;
};

TEST_F(reader_fixture, gives_out_no_damaged_entry) {
  EXPECT_EQ(rows(bout("b1")), 3u);
  for (std::uint64_t offset = 0; offset < 200; ++offset) {
    disk->flip(1, offset);
    auto damaged = bout("b1");
    const auto* reason = std::get_if<error>(&damaged.outcome);
    ASSERT_NE(reason, nullptr) << offset;
    EXPECT_EQ(reason->code, ec::corrupt);
    EXPECT_TRUE(reason->detail.starts_with("entry 1: ")) << reason->detail;
    auto all = *ask<protocol::entries_answer>(reader, protocol::read_entries{});
    EXPECT_TRUE(std::holds_alternative<error>(all.outcome));
    EXPECT_EQ(rows(bout("b2")), 1u);
    disk->flip(1, offset);
  }
  EXPECT_EQ(rows(bout("b1")), 3u);
}

} // namespace
} // namespace ringside
