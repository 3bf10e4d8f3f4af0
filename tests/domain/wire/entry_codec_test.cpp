#include "domain/wire/entry_codec.hpp"

#include "domain/wire/event_codec.hpp"
#include "domain/wire/view.hpp"
#include "tests/domain/wire/bout_script.hpp"
#include "tests/support/bout_generators.hpp"
#include "tests/support/same.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ringside::wire {
namespace {

constexpr auto entry_id = "0b8e7a52-6e0f-4a52-9a3c-1f2e3d4c5b6a";

/// The entry of an event, as the journal would read it back.
audit::entry_fields entry_for(const bout::event& e) {
  audit::entry_fields entry;
  entry.log = "ringside.test/audit";
  entry.seq = 100 + e.no;
  entry.bout = "b1";
  entry.bseq = e.no - 1;
  entry.actor = to_string(e.by);
  entry.kind = kind_of(e.body);
  entry.data = data_of(e);
  return entry;
}

std::vector<audit::entry_fields> entries_for(const bout_script& b) {
  std::vector<audit::entry_fields> all;
  for (const auto& e : b.events)
    all.push_back(entry_for(e));
  return all;
}

/// The bytes the journal would store for an entry.
std::string bytes_of(const audit::entry_fields& x) {
  auto data = json::to_text(x.data);
  audit::entry_draft draft;
  draft.log = x.log;
  draft.seq = x.seq;
  draft.bout = x.bout;
  draft.bseq = x.bseq;
  draft.actor = x.actor;
  draft.kind = x.kind;
  draft.data = data;
  draft.cmd = x.cmd;
  auto bytes = audit::format_entry(draft);
  EXPECT_TRUE(bytes) << bytes.reason().detail;
  return *bytes;
}

std::string view_of(const bout::state& s) {
  return json::to_text(
    render_all(s, bout_id{"b1"}, {audience::kind::control, 0}));
}

/// Marks entries `first` to `last` as one command.
void mark(std::vector<audit::entry_fields>& all, std::size_t first,
          std::size_t last, const std::string& id) {
  audit::hash digest{};
  digest[0] = 7;
  auto of = static_cast<std::uint32_t>(last - first + 1);
  for (std::size_t i = first; i <= last; ++i)
    all[i].cmd = audit::command_ref{id, digest,
                                    static_cast<std::uint32_t>(i - first), of};
}

RC_GTEST_PROP(entry_codec, folds_a_bout_back_from_its_bytes, ()) {
  bout_script b;
  b.begin();
  for (int n = test::any_int(0, 40); n > 0; --n)
    b.add(any_next(b.state));
  std::vector<std::string> bytes;
  for (const auto& entry : entries_for(b))
    bytes.push_back(bytes_of(entry));
  auto s = fold_bout(bytes, b.lookup());
  RC_ASSERT(static_cast<bool>(s));
  RC_ASSERT(s->version == b.state.version);
  RC_ASSERT(view_of(*s) == view_of(b.state));
}

RC_GTEST_PROP(entry_codec, reads_every_event_from_its_entry, ()) {
  for (std::size_t i = 0; i < std::variant_size_v<bout::event_body>; ++i) {
    auto e = test::any_event(i);
    auto back = event_of(entry_for(e));
    RC_ASSERT(static_cast<bool>(back));
    RC_ASSERT(test::same(*back, e));
  }
}

TEST(fold_bout, remembers_commands_with_their_position) {
  bout_script b;
  b.begin().fight(1);
  auto all = entries_for(b);
  mark(all, 0, 0, "11111111-2222-4333-8444-555555555555");
  mark(all, 4, 6, entry_id);
  auto s = fold_bout(all, b.lookup());
  ASSERT_TRUE(s) << s.reason().detail;
  ASSERT_EQ(s->commands.size(), 2U);
  const auto& got = s->commands.at(*parse_uuid(entry_id));
  EXPECT_EQ(got.first, 5U);
  EXPECT_EQ(got.last, 7U);
  EXPECT_EQ(got.position, 107U);
  EXPECT_EQ(got.digest[0], 7);
}

/// What is said about entries that somebody changed.
std::string said(const std::vector<audit::entry_fields>& all,
                 const bout_script& b) {
  auto s = fold_bout(all, b.lookup());
  if (s)
    return "folded";
  EXPECT_EQ(s.reason().code, ec::corrupt);
  return s.reason().detail;
}

TEST(fold_bout, refuses_torn_commands) {
  bout_script b;
  b.begin().fight(1);
  auto all = entries_for(b);
  mark(all, 4, 6, entry_id);
  auto torn = all;
  torn.pop_back();
  EXPECT_NE(said(torn, b).find("ends within"), std::string::npos);
  auto cut = all;
  cut[5].cmd.reset();
  EXPECT_NE(said(cut, b).find("cuts a command"), std::string::npos);
  auto swapped = all;
  swapped[5].cmd->part = 2;
  EXPECT_NE(said(swapped, b).find("next part"), std::string::npos);
  auto mixed = all;
  mixed[6].cmd->digest[0] = 8;
  EXPECT_NE(said(mixed, b).find("next part"), std::string::npos);
  auto twice = all;
  mark(twice, 0, 0, entry_id);
  EXPECT_NE(said(twice, b).find("repeats"), std::string::npos);
  auto nameless = all;
  mark(nameless, 4, 6, "x");
  EXPECT_NE(said(nameless, b).find("command id"), std::string::npos);
}

TEST(fold_bout, refuses_gaps_and_names_the_entry) {
  bout_script b;
  b.begin().fight(1);
  auto all = entries_for(b);
  all.erase(all.begin() + 3);
  auto why = said(all, b);
  EXPECT_NE(why.find("entry 105 (b1 4)"), std::string::npos) << why;
}

/// An entry of `kind` in place of the last one of a short bout.
std::string said_instead(bout::event_body body) {
  bout_script b;
  b.begin().fight(1);
  auto all = entries_for(b);
  auto e = b.events.back();
  e.body = std::move(body);
  all.back() = entry_for(e);
  return said(all, b);
}

TEST(fold_bout, refuses_events_that_would_break_the_state) {
  auto unfit = [](bout::event_body body) {
    auto why = said_instead(std::move(body));
    return why.find("does not fit") != std::string::npos;
  };
  EXPECT_EQ(said_instead(bout::note_added{"fine", 0}), "folded");
  EXPECT_TRUE(unfit(bout::bout_created{}));
  EXPECT_TRUE(unfit(bout::seat_bound{4, "x", "y", false, ""}));
  EXPECT_TRUE(unfit(bout::judge_assigned{0, {}}));
  EXPECT_TRUE(unfit(bout::round_opened{3}));
  EXPECT_TRUE(unfit(bout::round_closed{2, {}}));
  EXPECT_TRUE(unfit(bout::fact_logged{bout::reversal{}, 9, {}, 0}));
  EXPECT_TRUE(unfit(bout::round_locked{0}));
  EXPECT_TRUE(unfit(bout::card_filed{1, 2, scores(10, 9), "", false}));
  EXPECT_TRUE(unfit(bout::card_filed{7, 1, scores(10, 9), "", false}));
  bout::card_filed blank;
  blank.seat = 1;
  blank.round = 1;
  EXPECT_TRUE(unfit(blank));
  blank.round = 0;
  EXPECT_FALSE(unfit(blank));
}

TEST(fold_bout, refuses_a_bout_that_does_not_begin) {
  bout_script b;
  b.begin();
  auto late = entry_for({1, the_operator, {1}, bout::note_added{"x", 0}});
  EXPECT_NE(said({late}, b).find("does not fit"), std::string::npos);
  bout::bout_created unknown;
  unknown.ruleset = "nobody_knows";
  EXPECT_NE(
    said({entry_for({1, the_operator, {1}, unknown})}, b).find("does not fit"),
    std::string::npos);
}

TEST(fold_bout, refuses_an_unknown_actor_kind_or_text) {
  bout_script b;
  b.begin();
  auto all = entries_for(b);
  all[1].actor = "referee:bob";
  EXPECT_NE(said(all, b).find("referee:bob"), std::string::npos);
  all = entries_for(b);
  all[1].kind = "seat_taken";
  EXPECT_NE(said(all, b).find("seat_taken"), std::string::npos);
  std::vector<std::string> bytes{"{}"};
  auto s = fold_bout(bytes, b.lookup());
  ASSERT_FALSE(s);
  EXPECT_EQ(s.reason().code, ec::corrupt);
}

} // namespace
} // namespace ringside::wire
