#include "domain/audit/entry.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/text.hpp"

#include <limits>

namespace ringside::audit {

namespace {

constexpr std::int64_t u32_max = std::numeric_limits<std::uint32_t>::max();

/// Takes members out of an object one by one and remembers the first that is
/// missing or of the wrong kind. At the end nothing may be left over.
class member_reader {
public:
  explicit member_reader(const json::object& fields) : fields_(fields) {
    // nop
  }

  const json::value* find(std::string_view key) {
    auto i = fields_.find(key);
    if (i == fields_.end())
      return nullptr;
    ++used_;
    return &i->second;
  }

  std::string text(std::string_view key) {
    const auto* field = find(key);
    const auto* value = field != nullptr ? field->as_string() : nullptr;
    if (value == nullptr)
      complain(key);
    return value != nullptr ? *value : std::string{};
  }

  /// Like `text`, but the member may be absent; present, it is not empty.
  std::string optional_text(std::string_view key) {
    if (!fields_.contains(key))
      return {};
    auto value = text(key);
    if (value.empty())
      complain(key);
    return value;
  }

  std::int64_t integer(std::string_view key, std::int64_t min,
                       std::int64_t max) {
    const auto* field = find(key);
    const auto* value = field != nullptr ? field->as_int() : nullptr;
    if (value != nullptr && *value >= min && *value <= max)
      return *value;
    complain(key);
    return 0;
  }

  std::uint32_t u32(std::string_view key) {
    return static_cast<std::uint32_t>(integer(key, 0, u32_max));
  }

  hash digest(std::string_view key) {
    auto value = parse_hash_hex(text(key));
    if (!value)
      complain(key);
    return value.value_or(hash{});
  }

  utc_ns time(std::string_view key) {
    auto value = parse_decimal(text(key));
    if (!value || *value > std::numeric_limits<std::int64_t>::max()) {
      complain(key);
      return {};
    }
    return {static_cast<std::int64_t>(*value)};
  }

  json::value any_object(std::string_view key) {
    const auto* field = find(key);
    if (field != nullptr && field->as_object() != nullptr)
      return *field;
    complain(key);
    return {};
  }

  /// Reads an optional member that is an object itself.
  template <class T, class Read>
  std::optional<T> nested(std::string_view key, Read read) {
    if (!fields_.contains(key))
      return std::nullopt;
    auto field = any_object(key);
    member_reader inner{*field.as_object()};
    auto value = read(inner);
    if (auto inner_wrong = inner.wrong())
      complain(std::string{key} + "." + *inner_wrong);
    return value;
  }

  std::optional<std::string> wrong() const {
    if (wrong_.empty() && used_ != fields_.size())
      return "(unknown field)";
    return wrong_.empty() ? std::nullopt : std::optional{wrong_};
  }

private:
  void complain(std::string_view key) {
    if (wrong_.empty())
      wrong_ = key;
  }

  const json::object& fields_;
  std::size_t used_ = 0;
  std::string wrong_;
};

command_ref read_command(member_reader& r) {
  command_ref cmd;
  cmd.id = r.text("id");
  cmd.digest = r.digest("digest");
  cmd.part = r.u32("part");
  cmd.of = r.u32("of");
  return cmd;
}

sync_estimate read_sync(member_reader& r) {
  sync_estimate sync;
  sync.off_us = r.integer("off_us", -json::integer_max, json::integer_max);
  sync.err_us = r.integer("err_us", 0, json::integer_max);
  return sync;
}

entry_signature read_signature(member_reader& r) {
  entry_signature sig;
  sig.kid = r.text("kid");
  sig.b64 = r.text("b64");
  return sig;
}

entry_fields read_entry(member_reader& r) {
  entry_fields e;
  r.integer("v", 1, 1);
  e.log = r.text("log");
  e.seq = static_cast<std::uint64_t>(r.integer("seq", 0, json::integer_max));
  e.t = r.time("t");
  e.bout = r.text("bout");
  e.bseq = r.u32("bseq");
  e.bprev = r.digest("bprev");
  e.actor = r.text("actor");
  e.kind = r.text("kind");
  e.data = r.any_object("data");
  e.cmd = r.nested<command_ref>("cmd", read_command);
  e.dev = r.optional_text("dev");
  e.sync = r.nested<sync_estimate>("sync", read_sync);
  e.cmt = r.optional_text("cmt");
  e.sig = r.nested<entry_signature>("sig", read_signature);
  return e;
}

entry_draft draft_of(const entry_fields& e) {
  entry_draft draft;
  draft.log = e.log;
  draft.seq = e.seq;
  draft.t = e.t;
  draft.bout = e.bout;
  draft.bseq = e.bseq;
  draft.bprev = e.bprev;
  draft.actor = e.actor;
  draft.kind = e.kind;
  draft.cmd = e.cmd;
  draft.dev = e.dev;
  draft.sync = e.sync;
  draft.cmt = e.cmt;
  draft.sig = e.sig;
  return draft;
}

} // namespace

result<entry_fields> parse_entry(std::string_view bytes) {
  auto parsed = json::parse_canonical(bytes, entry_limits);
  if (!parsed)
    return parsed.reason();
  const auto* fields = parsed->as_object();
  if (fields == nullptr)
    return refuse(ec::malformed, "an entry is a JSON object");
  member_reader reader{*fields};
  auto entry = read_entry(reader);
  if (auto wrong = reader.wrong())
    return refuse(ec::malformed, "entry: missing, unknown or bad " + *wrong,
                  *wrong);
  if (auto checked = check_entry(draft_of(entry)); !checked)
    return checked.reason();
  return entry;
}

} // namespace ringside::audit
