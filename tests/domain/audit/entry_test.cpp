#include "domain/audit/entry.hpp"

#include "domain/audit/checkpoint.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/merkle.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

namespace ringside::audit {

namespace {

using namespace vectors;

entry_draft draft_of(std::uint64_t i, std::string_view actor,
                     std::string_view kind, std::string_view data,
                     const hash& bprev) {
  entry_draft draft;
  draft.log = origin;
  draft.seq = i;
  draft.t = {1'763'800'000'000'000'000 + static_cast<std::int64_t>(i)};
  draft.bout = "b-0042";
  draft.bseq = static_cast<std::uint32_t>(i);
  draft.bprev = bprev;
  draft.actor = actor;
  draft.kind = kind;
  draft.data = data;
  return draft;
}

entry_draft full_draft() {
  auto draft
    = draft_of(7, "judge:j2", "score.mark", R"({"a":[1]})", leaf_hash("x"));
  draft.cmd = command_ref{"0b8e7c1e-1111-4222-8333-444455556666",
                          leaf_hash("body"), 1, 3};
  draft.dev = "tablet-1";
  draft.sync = sync_estimate{-1'500, 900};
  draft.cmt
    = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
  draft.sig = entry_signature{"ringside.example/official/j2+9019dbc3", "Zm9v"};
  return draft;
}

/// The same entry through the general writer.
std::string by_general_writer(const entry_draft& d) {
  json::object o{{"v", 1},
                 {"log", d.log},
                 {"seq", d.seq},
                 {"t", std::to_string(d.t.count)},
                 {"bout", d.bout},
                 {"bseq", d.bseq},
                 {"bprev", to_hex(d.bprev)},
                 {"actor", d.actor},
                 {"kind", d.kind},
                 {"data", *json::parse(d.data)}};
  if (d.cmd)
    o["cmd"] = json::object{{"id", d.cmd->id},
                            {"digest", to_hex(d.cmd->digest)},
                            {"part", d.cmd->part},
                            {"of", d.cmd->of}};
  if (!d.dev.empty())
    o["dev"] = d.dev;
  if (d.sync)
    o["sync"]
      = json::object{{"off_us", d.sync->off_us}, {"err_us", d.sync->err_us}};
  if (!d.cmt.empty())
    o["cmt"] = d.cmt;
  if (d.sig)
    o["sig"] = json::object{{"kid", d.sig->kid}, {"b64", d.sig->b64}};
  return json::to_text(o);
}

} // namespace

TEST(audit_entry, writes_the_published_bytes_and_chain) {
  auto genesis = bout_genesis(origin, "b-0042");
  EXPECT_EQ(to_hex(genesis),
            "a043adc8d1f3bc9ce6b4d3d245e2d44429f831afb88e1ab37089a9a45850b700");
  auto e0 = *format_entry(draft_of(0, "supervisor:s1", "bout.open",
                                   R"({"rounds":3,"ruleset":"mma-unified"})",
                                   genesis));
  EXPECT_EQ(
    e0, R"({"actor":"supervisor:s1","bout":"b-0042","bprev":"a043adc8d1f3bc9c)"
        R"(e6b4d3d245e2d44429f831afb88e1ab37089a9a45850b700","bseq":0,"data")"
        R"(:{"rounds":3,"ruleset":"mma-unified"},"kind":"bout.open","log":"ri)"
        R"(ngside.example/audit/v1","seq":0,"t":"1763800000000000000","v":1})");
  EXPECT_EQ(e0.size(), 262u);
  auto l0 = leaf_hash(e0);
  EXPECT_EQ(to_hex(l0),
            "d2f5bed77ddd2e55081d0bbe3d666dc87754f023bc88c809c38692683db8a532");
  auto e1 = *format_entry(
    draft_of(1, "judge:j2", "score.mark",
             R"({"corner":"red","kind":"strike","round":1})", l0));
  EXPECT_EQ(e1.size(), 264u);
  auto l1 = leaf_hash(e1);
  EXPECT_EQ(to_hex(l1),
            "990978addbe8c0c5044cd20170b64121833e1f8be037c3ead745ebfb3bd95681");
  auto e2 = *format_entry(
    draft_of(2, "supervisor:s1", "round.close", R"({"round":1})", l1));
  EXPECT_EQ(e2.size(), 239u);
  auto l2 = leaf_hash(e2);
  EXPECT_EQ(to_hex(l2),
            "cc7306c332c2c7bf046baeff31da78c539c35f9fe813af48e4488d206a083dbf");
  std::vector<hash> leaves{l0, l1, l2};
  checkpoint head{std::string{origin}, 3, root_of(leaves)};
  EXPECT_EQ(to_hex(head.root),
            "db78dc9c34d330708462974c20d6a518477e6003d88dc42378f59e4463a93c6d");
  EXPECT_TRUE(sign_checkpoint(head, key_of(origin, seed_1))
                .ends_with("\n\n— ringside.example/audit/v1 4jK0+CIrpLd/KZyEnM"
                           "cEkVQz9B/x1HpM+SUvqXq1VI6FctibrQWJZL2JEjdYt39GJR25"
                           "FFXazgmSskJ5u8R7JODIEAc=\n"));
}

TEST(audit_entry, direct_writing_agrees_with_the_general_writer) {
  auto d = full_draft();
  EXPECT_EQ(*format_entry(d), by_general_writer(d));
  d.cmd.reset();
  EXPECT_EQ(*format_entry(d), by_general_writer(d));
  d.sync.reset();
  d.dev = {};
  EXPECT_EQ(*format_entry(d), by_general_writer(d));
  d.sig.reset();
  d.cmt = {};
  EXPECT_EQ(*format_entry(d), by_general_writer(d));
}

RC_GTEST_PROP(audit_entry, any_draft_is_written_alike_and_read_back, ()) {
  auto d = full_draft();
  d.seq = *rc::gen::inRange<std::uint64_t>(0, 1ULL << 53);
  d.bseq = *rc::gen::arbitrary<std::uint32_t>();
  d.t = {*rc::gen::inRange<std::int64_t>(0, INT64_MAX)};
  if (*rc::gen::arbitrary<bool>())
    d.cmd.reset();
  if (*rc::gen::arbitrary<bool>())
    d.sync.reset();
  if (*rc::gen::arbitrary<bool>())
    d.sig.reset();
  if (*rc::gen::arbitrary<bool>())
    d.dev = {};
  if (*rc::gen::arbitrary<bool>())
    d.cmt = {};
  auto bytes = *format_entry(d);
  RC_ASSERT(bytes == by_general_writer(d));
  auto read = parse_entry(bytes);
  RC_ASSERT(static_cast<bool>(read));
  RC_ASSERT(read->seq == d.seq);
  RC_ASSERT(read->bseq == d.bseq);
  RC_ASSERT(read->t == d.t);
  RC_ASSERT(read->bprev == d.bprev);
  RC_ASSERT(read->cmd == d.cmd);
  RC_ASSERT(read->sync == d.sync);
  RC_ASSERT(read->sig == d.sig);
  RC_ASSERT(read->dev == d.dev);
  RC_ASSERT(read->cmt == d.cmt);
  RC_ASSERT(read->actor == d.actor && read->kind == d.kind && read->log == d.log
            && read->bout == d.bout);
  RC_ASSERT(json::to_text(read->data) == d.data);
}

TEST(audit_entry, refuses_to_write_what_breaks_a_rule) {
  auto expect = [](const char* field, std::function<void(entry_draft&)> spoil) {
    auto d = full_draft();
    spoil(d);
    auto bytes = format_entry(d);
    ASSERT_FALSE(bytes) << field;
    EXPECT_EQ(bytes.reason().field, field);
  };
  expect("log", [](auto& d) { d.log = "a b"; });
  expect("seq", [](auto& d) { d.seq = 1ULL << 53; });
  expect("t", [](auto& d) { d.t = {-1}; });
  expect("bout", [](auto& d) { d.bout = ""; });
  expect("bout", [](auto& d) { d.bout = "b 1"; });
  expect("actor", [](auto& d) { d.actor = "judge"; });
  expect("actor", [](auto& d) { d.actor = ":j2"; });
  expect("actor", [](auto& d) { d.actor = "judge:"; });
  expect("actor", [](auto& d) { d.actor = "judge:j\n2"; });
  expect("kind", [](auto& d) { d.kind = "Score"; });
  expect("kind", [](auto& d) { d.kind = ""; });
  expect("data", [](auto& d) { d.data = "[]"; });
  expect("data", [](auto& d) { d.data = ""; });
  expect("cmd", [](auto& d) { d.cmd->part = 3; });
  expect("cmd", [](auto& d) { d.cmd->id = ""; });
  expect("cmt", [](auto& d) { d.cmt = "ab"; });
  expect("dev", [](auto& d) { d.dev = "a/b"; });
  expect("sync", [](auto& d) { d.sync->err_us = -1; });
  expect("sig", [](auto& d) { d.sig->kid = ""; });
  expect("sig", [](auto& d) { d.sig->b64 = "Zg"; });
}

TEST(audit_entry, refuses_entries_too_big_or_too_deep) {
  auto d = full_draft();
  std::string seven = R"({"a":[[[[[["}{"]]]]]]})";
  d.data = seven;
  auto deep = format_entry(d);
  ASSERT_TRUE(deep);
  EXPECT_TRUE(parse_entry(*deep));
  std::string eight = R"({"a":[[[[[[["\"{"]]]]]]]})";
  d.data = eight;
  EXPECT_EQ(format_entry(d).reason().code, ec::too_large);
  std::string big = R"({"a":")" + std::string(16 * 1024, 'x') + R"("})";
  d.data = big;
  EXPECT_EQ(format_entry(d).reason().code, ec::too_large);
}

TEST(audit_entry, refuses_to_read_what_breaks_a_rule) {
  auto good = *json::parse(*format_entry(full_draft()));
  ASSERT_TRUE(parse_entry(json::to_text(good)));
  auto refused = [&](std::function<void(json::object&)> spoil) {
    auto bad = good;
    spoil(*bad.as_object());
    return !parse_entry(json::to_text(bad));
  };
  for (auto key : {"v", "log", "seq", "t", "bout", "bseq", "bprev", "actor",
                   "kind", "data"})
    EXPECT_TRUE(refused([&](auto& o) { o.erase(key); })) << "without " << key;
  for (const auto& [key, field] : *good.as_object())
    EXPECT_TRUE(refused([&](auto& o) { o[key] = json::array{}; }))
      << "array as " << key;
  EXPECT_TRUE(refused([](auto& o) { o["extra"] = 1; }));
  EXPECT_TRUE(refused([](auto& o) { o["v"] = 2; }));
  EXPECT_TRUE(refused([](auto& o) { o["seq"] = -1; }));
  EXPECT_TRUE(refused([](auto& o) { o["bseq"] = std::int64_t{1} << 32; }));
  EXPECT_TRUE(refused([](auto& o) { o["t"] = "01"; }));
  EXPECT_TRUE(refused([](auto& o) { o["t"] = "9223372036854775808"; }));
  EXPECT_TRUE(refused([](auto& o) { o["dev"] = ""; }));
  EXPECT_TRUE(refused([](auto& o) { o["cmt"] = std::string(64, 'G'); }));
  EXPECT_TRUE(refused([](auto& o) { o["cmd"].as_object()->erase("of"); }));
  EXPECT_TRUE(refused([](auto& o) { (*o["cmd"].as_object())["x"] = 1; }));
  EXPECT_TRUE(refused([](auto& o) { (*o["sync"].as_object())["x"] = 1; }));
  EXPECT_TRUE(refused([](auto& o) { (*o["sig"].as_object())["x"] = 1; }));
  auto text = json::to_text(good);
  EXPECT_FALSE(parse_entry(text + " "));
  EXPECT_FALSE(parse_entry("[]"));
  EXPECT_FALSE(parse_entry(""));
  EXPECT_EQ(parse_entry(R"({"x":1})").reason().code, ec::malformed);
}

} // namespace ringside::audit
