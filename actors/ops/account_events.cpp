#include "actors/ops/account_events.hpp"

#include "domain/audit/hex.hpp"

#include <string>
#include <utility>

namespace ringside {

namespace {

std::string text_in(const json::value& data, std::string_view key) {
  const auto* field = data.find(key);
  const auto* text = field != nullptr ? field->as_string() : nullptr;
  return text != nullptr ? *text : std::string{};
}

std::int64_t number_in(const json::value& data, std::string_view key) {
  const auto* field = data.find(key);
  const auto* n = field != nullptr ? field->as_int() : nullptr;
  return n != nullptr ? *n : 0;
}

error unreadable(std::string_view kind) {
  return refuse(ec::corrupt,
                "an entry of kind " + std::string{kind} + " cannot be read");
}

} // namespace

std::optional<account> account_snapshot::find(const audit::hash& token,
                                              std::int64_t now_utc_ms) const {
  auto found = tokens.find(token);
  if (found == tokens.end() || found->second.expires_utc_ms <= now_utc_ms)
    return std::nullopt;
  auto owner = accounts.find(found->second.account);
  if (owner == accounts.end())
    return std::nullopt;
  return owner->second;
}

result<unit> apply_account_entry(account_snapshot& s, std::string_view kind,
                                 const json::value& data) {
  auto id = text_in(data, "account");
  if (kind == kind_account_created || kind == kind_role_set) {
    auto wanted = parse_enum<role>(text_in(data, "role"));
    if (id.empty() || !wanted)
      return unreadable(kind);
    auto& a = s.accounts[id];
    a.id = id;
    a.role = *wanted;
    if (kind == kind_account_created)
      a.name = text_in(data, "name");
  } else if (kind == kind_token_issued) {
    auto digest = audit::parse_hash_hex(text_in(data, "token_sha256"));
    if (id.empty() || !digest)
      return unreadable(kind);
    s.tokens[*digest] = {id, number_in(data, "expires_utc_ms")};
  } else if (kind == kind_tokens_revoked) {
    std::erase_if(s.tokens,
                  [&id](const auto& t) { return t.second.account == id; });
  }
  return unit{};
}

json::value account_created_data(const account& a) {
  json::object o;
  o["account"] = a.id;
  o["name"] = a.name;
  o["role"] = text_of(a.role);
  return o;
}

json::value role_set_data(std::string_view account, role r) {
  json::object o;
  o["account"] = account;
  o["role"] = text_of(r);
  return o;
}

json::value token_issued_data(const audit::hash& digest,
                              const token_entry& token) {
  json::object o;
  o["account"] = token.account;
  o["expires_utc_ms"] = token.expires_utc_ms;
  o["token_sha256"] = audit::to_hex(digest);
  return o;
}

json::value tokens_revoked_data(std::string_view account) {
  json::object o;
  o["account"] = account;
  return o;
}

} // namespace ringside
