#pragma once

#include "persistence/sqlite/statement.hpp"

namespace ringside::persistence::sqlite {

/// Every statement the journal store runs, prepared once.
struct journal_statements {
  static result<journal_statements> prepare(const connection& db);

  statement insert_entry;
  statement insert_personal;
  statement erase_personal;
  statement update_head;
  statement select_head;
  statement select_entries;
  statement select_bout;
  statement select_tail;
  statement select_tails;
  statement select_leaves;
  statement insert_checkpoint;
  statement select_checkpoint;
  statement select_checkpoints;
  statement select_last_checkpoint;
};

} // namespace ringside::persistence::sqlite
