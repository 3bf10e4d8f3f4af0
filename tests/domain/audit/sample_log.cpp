#include "tests/domain/audit/sample_log.hpp"

#include <map>

namespace ringside::audit {

namespace {

constexpr std::int64_t start_ns = 1'763'800'000'000'000'000;

const sample_row* last_of(const sample_log& log, std::string_view bout,
                          std::size_t before) {
  for (auto i = before; i > 0; --i)
    if (log.rows[i - 1].bout == bout)
      return &log.rows[i - 1];
  return nullptr;
}

command_ref part(int command, std::uint32_t k, std::uint32_t of) {
  auto id = "cmd-" + std::to_string(command);
  return {id, leaf_hash(id), k, of};
}

} // namespace

std::string bytes_of(const entry_fields& e) {
  auto data = json::to_text(e.data);
  entry_draft d;
  d.log = e.log;
  d.seq = e.seq;
  d.t = e.t;
  d.bout = e.bout;
  d.bseq = e.bseq;
  d.bprev = e.bprev;
  d.actor = e.actor;
  d.kind = e.kind;
  d.data = data;
  d.cmd = e.cmd;
  d.cmt = e.cmt;
  return *format_entry(d);
}

namespace {

void append(sample_log& log, const std::string& bout,
            const std::function<void(entry_fields&)>& fill) {
  auto size = log.rows.size();
  const auto* last = last_of(log, bout, size);
  entry_fields e;
  e.log = vectors::origin;
  e.seq = size;
  e.t = {start_ns + static_cast<std::int64_t>(size) * 1'000};
  e.bout = bout;
  e.bseq = last != nullptr ? last->bseq + 1 : 0;
  e.bprev = last != nullptr ? last->leaf : bout_genesis(e.log, bout);
  e.actor = "judge:j2";
  e.kind = "score.mark";
  e.data = json::object{{"n", static_cast<std::int64_t>(size)}};
  fill(e);
  auto bytes = bytes_of(e);
  log.rows.push_back({e.seq, bout, e.bseq, bytes, leaf_hash(bytes)});
  forge_head(log);
}

} // namespace

void append_entry(sample_log& log, const std::string& bout,
                  std::optional<command_ref> cmd) {
  append(log, bout, [&](entry_fields& e) { e.cmd = cmd; });
}

void append_personal(sample_log& log, const std::string& bout,
                     const std::string& text) {
  personal_part part;
  part.salt[0] = static_cast<std::uint8_t>(log.rows.size());
  part.payload = json::to_text(json::object{{"text", text}});
  append(log, bout, [&](entry_fields& e) {
    e.kind = "note_added";
    e.cmt = commitment(part.salt, std::string_view{part.payload});
  });
  log.rows.back().personal = part;
}

void append_erasure(sample_log& log, std::uint64_t seq) {
  append(log, "_system", [&](entry_fields& e) {
    e.kind = kind_personal_erased;
    e.data = erased_data(seq, "asked for");
  });
}

void append_checkpoint(sample_log& log, const signing_key& key) {
  checkpoint head{std::string{vectors::origin}, log.head.size, log.head.root};
  log.checkpoints.push_back({head.size, head.root, sign_checkpoint(head, key)});
}

void forge_head(sample_log& log) {
  tree t;
  for (const auto& row : log.rows)
    t.append(leaf_hash(row.bytes));
  log.head = {t.size(), t.root(), t.frontier()};
}

void forge_everything_from(sample_log& log, std::size_t index,
                           const std::function<void(entry_fields&)>& change) {
  for (auto i = index; i < log.rows.size(); ++i) {
    auto& row = log.rows[i];
    auto e = *parse_entry(row.bytes);
    if (i == index)
      change(e);
    if (const auto* last = last_of(log, e.bout, i))
      e.bprev = last->leaf;
    row.bytes = bytes_of(e);
    row.leaf = leaf_hash(row.bytes);
  }
  forge_head(log);
}

sample_log honest_log() {
  auto key = vectors::key_of(vectors::origin, vectors::seed_1);
  sample_log log;
  log.options.origin = vectors::origin;
  log.options.keys = {{key.verifier()}};
  forge_head(log);
  append_checkpoint(log, key);
  append_entry(log, "_system");
  for (int command = 0; log.rows.size() < 24; ++command) {
    auto bout = command % 2 == 0 ? "b-1" : "b-2";
    auto of = static_cast<std::uint32_t>(command % 3 + 1);
    for (std::uint32_t k = 0; k < of; ++k) {
      append_entry(log, bout, part(command, k, of));
      if (auto n = log.rows.size(); n == 6 || n == 13 || n == 20)
        append_checkpoint(log, key);
    }
  }
  return log;
}

verify_report sample_log::verify() const {
  std::size_t next = 0;
  return verify_log(
    options, checkpoints,
    [&]() -> std::optional<stored_entry> {
      if (next == rows.size())
        return std::nullopt;
      const auto& row = rows[next++];
      return stored_entry{row.seq,  row.bout,
                          row.bseq, row.bytes,
                          row.leaf, row.personal ? &*row.personal : nullptr};
    },
    head);
}

} // namespace ringside::audit
