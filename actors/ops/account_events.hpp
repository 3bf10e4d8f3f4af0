#pragma once

#include "actors/ops/account_book.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"

#include <string_view>

namespace ringside {

/// Folds one journal entry into the accounts. Kinds that are about something
/// else change nothing; an entry that cannot be read is `corrupt`.
result<unit> apply_account_entry(account_snapshot& s, std::string_view kind,
                                 const json::value& data);

/// The data of the four kinds of entries.
json::value account_created_data(const account& a);
json::value role_set_data(std::string_view account, role r);
json::value token_issued_data(const audit::hash& digest,
                              const token_entry& token);
json::value tokens_revoked_data(std::string_view account);

} // namespace ringside
