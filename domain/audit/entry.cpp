#include "domain/audit/entry.hpp"

#include "domain/audit/base64.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/sha256.hpp"
#include "domain/audit/text.hpp"
#include "domain/audit/verifier_key.hpp"
#include "domain/base/strong_id.hpp"

#include <algorithm>

namespace ringside::audit {

namespace {

constexpr std::size_t kind_size_max = 64;
constexpr std::size_t kid_size_max = 255;

error bad_field(const char* field, const char* rule) {
  return refuse(ec::invalid_value, std::string{field} + " " + rule, field);
}

bool valid_kind(std::string_view kind) noexcept {
  auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'
           || c == '.';
  };
  return !kind.empty() && kind.size() <= kind_size_max
         && std::all_of(kind.begin(), kind.end(), fits);
}

bool valid_actor(std::string_view actor) noexcept {
  auto colon = actor.find(':');
  return colon != std::string_view::npos
         && valid_id_text(actor.substr(0, colon))
         && valid_id_text(actor.substr(colon + 1));
}

bool valid_kid(std::string_view kid) noexcept {
  return !kid.empty() && kid.size() <= kid_size_max
         && find_bad_utf8(kid) == std::string_view::npos;
}

bool small_integer(std::int64_t n) noexcept {
  return n >= -json::integer_max && n <= json::integer_max;
}

/// Deepest nesting of canonical JSON, without building its value.
std::size_t nesting(std::string_view text) noexcept {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  auto in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = text[i];
    if (in_string && c == '\\')
      ++i;
    else if (c == '"')
      in_string = !in_string;
    else if (!in_string && (c == '{' || c == '['))
      deepest = std::max(deepest, ++depth);
    else if (!in_string && (c == '}' || c == ']'))
      depth -= depth > 0 ? 1 : 0;
  }
  return deepest;
}

/// Writes members in the order in which they are added, which must be the
/// order of their keys.
class member_writer {
public:
  explicit member_writer(std::string& out) : out_(out) {
    out_.push_back('{');
  }

  std::string& key(std::string_view name) {
    if (!first_)
      out_.push_back(',');
    first_ = false;
    out_.push_back('"');
    out_.append(name);
    out_.append("\":");
    return out_;
  }

  void text(std::string_view name, std::string_view value) {
    json::append_string(key(name), value);
  }

  void hex(std::string_view name, const hash& value) {
    text(name, to_hex(value));
  }

  void integer(std::string_view name, std::int64_t value) {
    json::append_integer(key(name), value);
  }

  void close() {
    out_.push_back('}');
  }

private:
  std::string& out_;
  bool first_ = true;
};

void append_command(std::string& out, const command_ref& cmd) {
  member_writer w{out};
  w.hex("digest", cmd.digest);
  w.text("id", cmd.id);
  w.integer("of", cmd.of);
  w.integer("part", cmd.part);
  w.close();
}

void append_signature(std::string& out, const entry_signature& sig) {
  member_writer w{out};
  w.text("b64", sig.b64);
  w.text("kid", sig.kid);
  w.close();
}

void append_sync(std::string& out, const sync_estimate& sync) {
  member_writer w{out};
  w.integer("err_us", sync.err_us);
  w.integer("off_us", sync.off_us);
  w.close();
}

void append_entry(std::string& out, const entry_draft& draft) {
  member_writer w{out};
  w.text("actor", draft.actor);
  w.text("bout", draft.bout);
  w.hex("bprev", draft.bprev);
  w.integer("bseq", draft.bseq);
  if (draft.cmd)
    append_command(w.key("cmd"), *draft.cmd);
  if (!draft.cmt.empty())
    w.text("cmt", draft.cmt);
  w.key("data").append(draft.data);
  if (!draft.dev.empty())
    w.text("dev", draft.dev);
  w.text("kind", draft.kind);
  w.text("log", draft.log);
  w.integer("seq", static_cast<std::int64_t>(draft.seq));
  if (draft.sig)
    append_signature(w.key("sig"), *draft.sig);
  if (draft.sync)
    append_sync(w.key("sync"), *draft.sync);
  w.text("t", std::to_string(draft.t.count));
  w.integer("v", 1);
  w.close();
}

result<unit> check_optional(const entry_draft& draft) {
  if (const auto& cmd = draft.cmd;
      cmd && (!valid_id_text(cmd->id) || cmd->part >= cmd->of))
    return bad_field("cmd", "needs an id and a part below of");
  if (!draft.cmt.empty() && !parse_hash_hex(draft.cmt))
    return bad_field("cmt", "is 64 hexadecimal digits");
  if (!draft.dev.empty() && !valid_id_text(draft.dev))
    return bad_field("dev", "is no device id");
  if (const auto& sync = draft.sync;
      sync
      && (!small_integer(sync->off_us) || !small_integer(sync->err_us)
          || sync->err_us < 0))
    return bad_field("sync", "is out of range");
  if (const auto& sig = draft.sig;
      sig
      && (!valid_kid(sig->kid) || sig->b64.empty() || !parse_base64(sig->b64)))
    return bad_field("sig", "needs a key id and Base 64");
  return unit{};
}

} // namespace

result<unit> check_entry(const entry_draft& draft) {
  if (!valid_key_name(draft.log))
    return bad_field("log", "is no origin");
  if (draft.seq > static_cast<std::uint64_t>(json::integer_max))
    return bad_field("seq", "is beyond 2^53-1");
  if (draft.t.count < 0)
    return bad_field("t", "is negative");
  if (!valid_id_text(draft.bout))
    return bad_field("bout", "is no bout id");
  if (!valid_actor(draft.actor))
    return bad_field("actor", "is not role:id");
  if (!valid_kind(draft.kind))
    return bad_field("kind", "is not 1 to 64 of a-z 0-9 _ .");
  return check_optional(draft);
}

result<std::string> format_entry(const entry_draft& draft) {
  if (auto checked = check_entry(draft); !checked)
    return checked.reason();
  if (!draft.data.starts_with('{') || !draft.data.ends_with('}'))
    return bad_field("data", "is no JSON object");
  if (nesting(draft.data) + 1 > limits::entry_depth_max)
    return refuse(ec::too_large, "data is nested too deep", "data");
  std::string bytes;
  bytes.reserve(512 + draft.data.size());
  append_entry(bytes, draft);
  if (bytes.size() > limits::entry_bytes_max)
    return refuse(ec::too_large,
                  "an entry of " + std::to_string(bytes.size()) + " bytes");
  return bytes;
}

hash bout_genesis(std::string_view origin, std::string_view bout) noexcept {
  return sha256({"ringside/bout/v1\n", origin, "\n", bout, "\n"});
}

} // namespace ringside::audit
