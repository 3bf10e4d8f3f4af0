#pragma once

#include "domain/audit/key_rotation.hpp"
#include "domain/audit/signing_key.hpp"
#include "persistence/journal_store.hpp"
#include "persistence/key_file.hpp"
#include "persistence/sqlite/data_directory.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ringside {

/// The keys of a log as its data directory has them.
struct log_keys {
  std::shared_ptr<const audit::signing_key> key;
  /// All keys the log ever had, the present one last.
  std::vector<audit::log_key> all;
};

/// Whether a key that is missing may be made, and an interrupted rotation be
/// finished.
enum class key_access { read, make };

/// Reads the log key and, from the journal, which keys were before it. A key
/// that is missing is made for a fresh directory only: `wrong_state` if there
/// is a journal or a signer state that it belonged to, or if the file holds a
/// key that was replaced by another; the hint says what to do.
result<log_keys> open_log_keys(const persistence::data_directory& where,
                               persistence::journal_store& store,
                               const std::string& origin, key_access access);

/// The key of a seed; the seed is wiped.
result<std::shared_ptr<const audit::signing_key>>
make_log_key(const std::string& origin, persistence::key_seed seed);

/// Makes the key that a rotation prepared the log's key, durably.
result<unit> promote_next_key(const persistence::data_directory& where);

} // namespace ringside
