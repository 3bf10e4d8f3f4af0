#include "domain/wire/personal.hpp"

#include "domain/audit/hex.hpp"
#include "domain/audit/personal.hpp"
#include "domain/bout/decide.hpp"
#include "domain/wire/command_codec.hpp"
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

constexpr auto stored_id = "0b8e7a52-6e0f-4a52-9a3c-1f2e3d4c5b6a";

/// An entry as it lies in a store.
struct stored {
  std::string bytes;
  std::optional<audit::personal_part> personal;
};

stored stored_entry_of(const bout::event& e,
                       const bout::command* from = nullptr) {
  std::string name{kind_of(e.body)};
  auto data = split_personal(name, data_of(e),
                             from != nullptr ? &from->digest : nullptr);
  stored out;
  std::string cmt;
  if (!data.personal.empty()) {
    auto& part = out.personal.emplace();
    part.salt[0] = 7;
    part.payload = data.personal;
    cmt = audit::commitment(part.salt, std::string_view{part.payload});
  }
  auto actor = to_string(e.by);
  audit::entry_draft draft;
  draft.log = "ringside.test/audit";
  draft.seq = 100 + e.no;
  draft.bout = "b1";
  draft.bseq = e.no - 1;
  draft.actor = actor;
  draft.kind = name;
  draft.data = data.open;
  draft.cmt = cmt;
  if (from != nullptr)
    draft.cmd = audit::command_ref{
      stored_id, from->public_digest.value_or(from->digest), 0, 1};
  auto bytes = audit::format_entry(draft);
  EXPECT_TRUE(bytes) << bytes.reason().detail;
  out.bytes = std::move(*bytes);
  return out;
}

/// Any event with a number and an issuer that an entry can have.
bout::event event_to_write(std::size_t i) {
  auto e = test::any_event(i);
  e.no = 5;
  e.by = the_operator;
  return e;
}

bout::event back(const stored& entry) {
  auto fields = audit::read_entry(entry.bytes, entry.personal);
  RC_ASSERT(static_cast<bool>(fields));
  auto e = event_of(*fields);
  RC_ASSERT(static_cast<bool>(e));
  return *e;
}

RC_GTEST_PROP(personal, every_event_comes_back_whole, ()) {
  for (std::size_t i = 0; i < std::variant_size_v<bout::event_body>; ++i) {
    auto e = event_to_write(i);
    RC_ASSERT(test::same(back(stored_entry_of(e)), e));
  }
}

RC_GTEST_PROP(personal, every_event_reads_after_it_was_erased, ()) {
  for (std::size_t i = 0; i < std::variant_size_v<bout::event_body>; ++i) {
    auto e = event_to_write(i);
    auto entry = stored_entry_of(e);
    auto had = std::exchange(entry.personal, std::nullopt).has_value();
    auto got = back(entry);
    RC_ASSERT(test::same(got, e) == !had);
    RC_ASSERT(got.body.index() == e.body.index());
  }
}

TEST(personal, exactly_these_texts_are_not_in_the_entry) {
  constexpr std::string_view word = "Xanthippe";
  std::string text{word};
  const std::pair<bout::event_body, bool> cases[] = {
    {bout::note_added{text, 1}, true},
    {bout::protest_raised{text, corner::red}, true},
    {bout::protest_ruled{3, true, text}, true},
    {bout::protest_ruled{3, true, ""}, false},
    {bout::event_retracted{3, text}, false},
    {bout::round_unlocked{1, "a1", text}, false},
    {bout::bout_cancelled{text}, false},
    {bout::judge_assigned{1, {text, "a1"}}, false},
  };
  for (const auto& [body, personal] : cases) {
    auto entry = stored_entry_of({5, the_operator, {1}, body});
    EXPECT_EQ(entry.personal.has_value(), personal) << kind_of(body);
    EXPECT_TRUE(!personal || entry.bytes.find(word) == std::string::npos)
      << entry.bytes;
  }
  EXPECT_EQ(personal_member("account_created"), "name");
}

TEST(personal, an_erased_text_reads_as_erased) {
  auto text_of_kind = [](bout::event_body body) {
    auto entry = stored_entry_of({5, the_operator, {1}, std::move(body)});
    entry.personal.reset();
    auto e = event_of(*audit::read_entry(entry.bytes, entry.personal));
    EXPECT_TRUE(e);
    if (const auto* note = std::get_if<bout::note_added>(&e->body))
      return note->text;
    if (const auto* ruled = std::get_if<bout::protest_ruled>(&e->body))
      return ruled->reason;
    return std::get<bout::protest_raised>(e->body).text;
  };
  EXPECT_EQ(text_of_kind(bout::note_added{"x", 2}), "[erased]");
  EXPECT_EQ(text_of_kind(bout::protest_raised{"x", {}}), "[erased]");
  EXPECT_EQ(text_of_kind(bout::protest_ruled{3, true, "x"}), "[erased]");
}

TEST(personal, entries_from_before_hold_their_text_and_keep_it) {
  bout::event e{5, the_operator, {1}, bout::note_added{"in the open", 0}};
  audit::entry_draft draft;
  auto data = json::to_text(data_of(e));
  draft.log = "ringside.test/audit";
  draft.bout = "b1";
  draft.bseq = 4;
  draft.actor = "operator:o";
  draft.kind = "note_added";
  draft.data = data;
  auto fields = audit::read_entry(*audit::format_entry(draft), nullptr);
  ASSERT_TRUE(fields);
  EXPECT_FALSE(fields->erased);
  auto got = event_of(*fields);
  ASSERT_TRUE(got);
  EXPECT_EQ(std::get<bout::note_added>(got->body).text, "in the open");
}

// -- commands that come again -------------------------------------------------

bout::command note_command(const std::string& text, int round) {
  json::object body{{"command_id", stored_id},
                    {"type", "add_note"},
                    {"round", round},
                    {"text", text}};
  return parse_command(json::value{std::move(body)}, the_operator)->command;
}

/// A bout whose last entry is the note of `first`; what a repeat gets.
class repeated_note : public testing::Test {
protected:
  void fold(bool erased) {
    bout_script b;
    b.begin();
    bout_folder folder{b.lookup()};
    for (const auto& e : b.events)
      add(folder, stored_entry_of(e));
    auto entry = stored_entry_of(
      {b.state.version + 1, the_operator, {1}, bout::note_added{"first", 2}},
      &first);
    EXPECT_EQ(entry.bytes.find(audit::to_hex(first.digest)), std::string::npos)
      << "it would confirm a guess at the text";
    if (erased)
      entry.personal.reset();
    add(folder, entry);
    state = *std::move(folder).finish();
  }

  static void add(bout_folder& folder, const stored& entry) {
    auto ok = folder.add(*audit::read_entry(entry.bytes, entry.personal));
    ASSERT_TRUE(ok) << ok.reason().detail;
  }

  /// Whether it gets the first answer.
  bool repeats(const bout::command& c) {
    auto known = bout::recall(state, c);
    if (!known) {
      EXPECT_EQ(known.reason().code, ec::command_id_reused);
      return false;
    }
    EXPECT_TRUE(*known) << "a second effect";
    return true;
  }

  bout::command first = note_command("first", 2);
  bout::state state;
};

TEST_F(repeated_note, is_compared_with_its_text) {
  fold(false);
  EXPECT_TRUE(repeats(first));
  EXPECT_FALSE(repeats(note_command("another", 2)));
  EXPECT_FALSE(repeats(note_command("first", 1)));
  EXPECT_EQ(state.notes.back().text, "first");
}

TEST_F(repeated_note, is_compared_without_its_text_after_it_was_erased) {
  fold(true);
  EXPECT_TRUE(repeats(first));
  EXPECT_TRUE(repeats(note_command("another", 2)));
  EXPECT_FALSE(repeats(note_command("first", 1)));
  EXPECT_EQ(state.notes.back().text, "[erased]");
  EXPECT_EQ(state.notes.back().round, 2);
}

} // namespace
} // namespace ringside::wire
