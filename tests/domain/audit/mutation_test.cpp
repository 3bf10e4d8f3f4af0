#include "domain/audit/entry.hpp"
#include "domain/audit/proof_text.hpp"
#include "domain/audit/scorecard.hpp"
#include "domain/audit/signer_state.hpp"
#include "domain/audit/tiles.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

/// Every reader of outside bytes against mutated good inputs: it answers, and
/// what it accepts it writes back unchanged.
namespace ringside::audit {

namespace {

using namespace vectors;

/// Replaces, removes, doubles or moves pieces; the seed makes it repeatable.
std::string mutate(std::string text, std::mt19937& random) {
  auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  for (auto edits = 1 + below(4); edits > 0; --edits) {
    auto at = below(text.size() + 1);
    auto length = below(std::min<std::size_t>(text.size() - at, 40) + 1);
    switch (below(5)) {
    case 0:
      text.insert(at, 1, static_cast<char>(random()));
      break;
    case 1:
      text.erase(at, length);
      break;
    case 2:
      text.insert(below(text.size() + 1), text.substr(at, length));
      break;
    case 3:
      text.insert(at, 1, "\n =+/-0{}[]\",:\\"[below(15)]);
      break;
    default:
      if (at < text.size())
        text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
    }
  }
  return text;
}

/// `reader` says whether it accepted; the share of both answers is checked so
/// that the mutations stay neither harmless nor hopeless.
void storm(std::string_view good, int rounds,
           const std::function<bool(const std::string&)>& reader) {
  ASSERT_TRUE(reader(std::string{good}));
  std::mt19937 random{20'251};
  int refused = 0;
  for (int i = 0; i < rounds; ++i)
    refused += reader(mutate(std::string{good}, random)) ? 0 : 1;
  EXPECT_GT(refused, rounds / 4);
}

} // namespace

TEST(audit_mutation, notes) {
  std::vector keys{key_of(origin, seed_1).verifier()};
  storm(checkpoint_8, 30'000, [&](const std::string& text) {
    auto note = parse_note(text);
    if (note) {
      EXPECT_EQ(to_text(*note), text);
    }
    auto opened = open_checkpoint(text, keys);
    if (opened) {
      EXPECT_EQ(opened->head.root, eight_roots()[8]) << "a forged head";
    }
    return static_cast<bool>(note);
  });
}

TEST(audit_mutation, checkpoint_bodies) {
  auto good = checkpoint_text({std::string{origin}, 8, eight_roots()[8]});
  storm(good, 100'000, [](const std::string& text) {
    auto head = parse_checkpoint(text);
    if (head) {
      EXPECT_EQ(checkpoint_text(*head), text);
    }
    return static_cast<bool>(head);
  });
}

TEST(audit_mutation, receipts) {
  auto good
    = to_text(inclusion_receipt{5, eight_roots(), std::string{checkpoint_8}});
  storm(good, 50'000, [](const std::string& text) {
    auto receipt = parse_receipt(text);
    if (receipt && text.find("extra ") == std::string::npos) {
      EXPECT_EQ(to_text(*receipt), text);
    }
    // A checkpoint at the end may be mutated freely: it is not read here.
    return receipt && receipt->checkpoint_note == checkpoint_8;
  });
}

TEST(audit_mutation, entries) {
  std::string good
    = R"({"actor":"judge:j2","bout":"b-1","bprev":"6e340b9cffb37a989ca544e6bb)"
      R"(780a2c78901d3fb33738768511a30617afa01d","bseq":1,"cmd":{"digest":"6e)"
      R"(340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d","id")"
      R"(:"c","of":2,"part":1},"data":{"a":"é\n","b":[1,true]},"kind":"k","lo)"
      R"(g":"o","seq":2,"sync":{"err_us":1,"off_us":-2},"t":"3","v":1})";
  storm(good, 100'000, [](const std::string& text) {
    auto entry = parse_entry(text);
    auto parsed = json::parse(text, entry_limits);
    if (entry) {
      EXPECT_EQ(json::to_text(*parsed), text);
    }
    return static_cast<bool>(entry);
  });
}

TEST(audit_mutation, verifier_keys) {
  auto good = vkey_text(key_of(origin, seed_1).verifier());
  storm(good, 50'000, [](const std::string& text) {
    auto key = parse_vkey(text);
    if (key) {
      EXPECT_EQ(vkey_text(*key), text);
    }
    return static_cast<bool>(key);
  });
}

TEST(audit_mutation, tile_paths) {
  storm("tile/1/x001/x234/067.p/12", 100'000, [](const std::string& text) {
    auto id = parse_tile_path(text);
    if (id) {
      EXPECT_EQ(tile_path(*id), text);
    }
    return static_cast<bool>(id);
  });
}

TEST(audit_mutation, bundles) {
  std::string good;
  for (auto entry : {"one", "", "three"})
    ASSERT_TRUE(append_to_bundle(good, entry));
  storm(good, 100'000, [](const std::string& bytes) {
    auto entries = parse_bundle(bytes);
    if (!entries)
      return false;
    std::string again;
    for (auto entry : *entries)
      EXPECT_TRUE(append_to_bundle(again, entry));
    EXPECT_EQ(again, bytes);
    return true;
  });
}

TEST(audit_mutation, signer_states) {
  auto good = to_text(signer_state{{std::string{origin}, 8, eight_roots()[8]}});
  storm(good, 50'000, [](const std::string& text) {
    auto state = parse_signer_state(text);
    if (state) {
      EXPECT_EQ(to_text(*state), text);
    }
    return static_cast<bool>(state);
  });
}

} // namespace ringside::audit
