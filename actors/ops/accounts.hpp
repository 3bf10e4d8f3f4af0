#pragma once

#include "actors/ops/account_book.hpp"
#include "actors/protocol/journal_messages.hpp"
#include "actors/protocol/ops_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "domain/audit/json.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the ACCOUNTS need.
struct accounts_deps {
  services_ptr services;
  std::shared_ptr<account_book> book;
  std::function<utc_ns()> utc_now;
  /// Fills the bytes with randomness fit for secrets.
  std::function<void(std::span<std::uint8_t>)> random;
  /// One-time code of a fresh data directory; empty if there is none.
  std::string admin_code;
  /// The code is good until then.
  utc_ns admin_code_until;
  /// Why the accounts in the journal may not be believed, if that is so.
  std::optional<error> in_doubt;
};

using accounts_impl = protocol::accounts_actor::extend<
  caf::replies_to<get_ready>::with<is_ready>>;

/// State of the ACCOUNTS: people, roles and tokens. Everything is an entry of
/// the journal first; the book the network reads follows after the commit.
///
/// Life cycle: child of the node's supervisor, after JOURNAL and READER.
/// Secrets exist only in the answer that hands them out.
struct accounts_state {
  using pointer
    = caf::stateful_actor<accounts_state, metered<accounts_impl::base>>*;
  using promise = caf::typed_response_promise<protocol::text_answer>;
  using ready_promise = caf::typed_response_promise<is_ready>;

  explicit accounts_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(accounts_deps what);

  ready_promise when_ready();

  promise create(const protocol::create_account& what);
  promise issue(const protocol::issue_token& what);
  promise revoke(const protocol::revoke_tokens& what);
  promise change_role(const protocol::set_role& what);
  promise claim(const protocol::claim_admin& what);
  protocol::text_answer list() const;

  pointer self;
  accounts_deps deps;
  account_snapshot known;
  /// The journal is being read; nothing is changed meanwhile.
  bool loading = false;
  std::vector<ready_promise> waiting;
  /// Entries in `known`, and those with what is on its way.
  std::uint32_t loaded_entries = 0;
  std::uint32_t sent_entries = 0;
  int claim_tries = 0;
  /// The code was right and its account is on its way to the journal.
  bool claiming = false;

  static inline const char* name = "accounts";

private:
  struct change {
    std::string_view kind;
    json::value data;
  };

  void load();
  void take_page(const protocol::entries_answer& page);
  void loaded();
  void load_failed(const error& reason);
  /// Something went wrong on the way to the journal: asks where it is, reads
  /// what is missing.
  void resync();
  /// Journals the changes, applies them, and answers with `body`.
  /// `lost` runs if it does not become durable.
  promise commit(const issuer& by, std::vector<change> changes,
                 std::string body, std::function<void()> lost = {});
  void committed(const protocol::appended& place,
                 const std::vector<change>& changes);
  void not_committed(promise& result, const std::function<void()>& lost,
                     const error& reason);
  promise refused(error reason);
  /// A fresh token for `account` and the change that makes it valid.
  std::pair<std::string, change> mint(const std::string& account,
                                      std::int64_t ttl_s);
  bool has_admin() const noexcept;
  /// Ids are never given twice, not even while an entry is on its way.
  std::string next_id();

  std::size_t ids_given = 0;
};

accounts_impl::behavior_type accounts_behavior(accounts_state::pointer self,
                                               accounts_deps deps);

} // namespace ringside
