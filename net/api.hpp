#pragma once

#include "actors/protocol/query_messages.hpp"
#include "domain/wire/audience.hpp"
#include "net/context.hpp"
#include "net/exchange.hpp"
#include "net/lane.hpp"
#include "net/rate_bucket.hpp"
#include "net/router.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ringside::net {

/// Answers HTTP requests: the checks that every request passes, then the
/// handler of its route. Runs on the ingest thread only.
class api {
public:
  /// @param where The ingest thread; has to run before the first request.
  api(net_context& ctx, lane& where);

  /// Answers a request now or later.
  void handle(const exchange_ptr& x);

  /// Checks a request for the stream and answers it if it is refused.
  /// @returns whether the connection may be upgraded.
  bool admit_stream(const exchange_ptr& x);

  // -- site -------------------------------------------------------------------

  void healthz(const exchange_ptr& x);
  void readyz(const exchange_ptr& x);
  void metrics(const exchange_ptr& x);
  void openapi(const exchange_ptr& x);
  void asyncapi(const exchange_ptr& x);
  void stream_without_upgrade(const exchange_ptr& x);

  // -- identity ---------------------------------------------------------------

  void session_show(const exchange_ptr& x);
  void session_open(const exchange_ptr& x);
  void session_end(const exchange_ptr& x);
  void claim(const exchange_ptr& x);
  void accounts_list(const exchange_ptr& x);
  void accounts_create(const exchange_ptr& x);
  void token_issue(const exchange_ptr& x);
  void tokens_revoke(const exchange_ptr& x);
  void role_set(const exchange_ptr& x);

  // -- bouts ------------------------------------------------------------------

  void rulesets(const exchange_ptr& x);
  void ruleset(const exchange_ptr& x);
  void bouts_list(const exchange_ptr& x);
  void bouts_create(const exchange_ptr& x);
  void bout_show(const exchange_ptr& x);
  void bout_command(const exchange_ptr& x);
  void bout_events(const exchange_ptr& x);
  void bout_cards(const exchange_ptr& x);
  void bout_result(const exchange_ptr& x);
  void bout_statistics(const exchange_ptr& x);

  // -- advice -----------------------------------------------------------------

  void round_assessment(const exchange_ptr& x);
  void calibration_show(const exchange_ptr& x);
  void calibration_set(const exchange_ptr& x);
  void calibration_history(const exchange_ptr& x);
  void calibration_preview(const exchange_ptr& x);
  void calibration_rollback(const exchange_ptr& x);
  void profiles_list(const exchange_ptr& x);
  void profiles_reload(const exchange_ptr& x);

  // -- judging ----------------------------------------------------------------

  void bout_judging(const exchange_ptr& x);
  void shadows_show(const exchange_ptr& x);
  void shadow_give(const exchange_ptr& x);
  void shadow_file(const exchange_ptr& x);
  void judge_reliability(const exchange_ptr& x);
  void fighter_statistics(const exchange_ptr& x);

  // -- operations and audit ---------------------------------------------------

  void actors(const exchange_ptr& x);
  void timesync(const exchange_ptr& x);
  void actor_restart(const exchange_ptr& x);
  void audit_checkpoint(const exchange_ptr& x);
  void audit_tile(const exchange_ptr& x);
  void audit_inclusion(const exchange_ptr& x);
  void audit_consistency(const exchange_ptr& x);
  void audit_bundle(const exchange_ptr& x);

  // -- cameras ----------------------------------------------------------------

  void sources_list(const exchange_ptr& x);
  void sources_create(const exchange_ptr& x);
  void source_show(const exchange_ptr& x);
  void source_assign(const exchange_ptr& x);
  void source_detections(const exchange_ptr& x);
  void source_heartbeat(const exchange_ptr& x);
  void vision_metrics(const exchange_ptr& x);
  void source_work(const exchange_ptr& x);
  void source_drain(const exchange_ptr& x);
  void vision_router(const exchange_ptr& x);
  void failover_show(const exchange_ptr& x);
  void failover_set(const exchange_ptr& x);
  void harmonizer_stats(const exchange_ptr& x);
  void bout_fused(const exchange_ptr& x);

  // -- simulations ------------------------------------------------------------

  void simulations_start(const exchange_ptr& x);
  void simulations_list(const exchange_ptr& x);
  void simulation_show(const exchange_ptr& x);
  void simulation_cancel(const exchange_ptr& x);

private:
  gateway& gate() noexcept {
    return where_.gate();
  }

  // Each check answers the request itself if it fails, and says so.

  /// Host, method, target, origin and identity.
  bool check_request(const exchange_ptr& x);
  bool check_origin(const exchange_ptr& x);
  bool check_identity(const exchange_ptr& x);
  bool check_right(const exchange_ptr& x, bout::operation right);
  bool check_body(const exchange_ptr& x, body_kind kind);
  bool check_write_rate(const exchange_ptr& x);
  bool check_query(const exchange_ptr& x,
                   std::initializer_list<std::string_view> known);

  void dispatch(const exchange_ptr& x);
  void file(const exchange_ptr& x);
  void not_here(const exchange_ptr& x);

  /// Refuses somebody who has not said who they are.
  void needs_token(const exchange_ptr& x);

  /// Counts a failed proof of identity against the address.
  void failed(const exchange_ptr& x);

  void show_part(const exchange_ptr& x, protocol::bout_part part);
  /// Finds out as whom this identity may see the bout.
  void with_audience(const exchange_ptr& x,
                     std::function<void(wire::audience)> then);
  void submit(const exchange_ptr& x, const bout_id& bout, command_ptr what,
              unsigned status);

  /// Sends a text answer on as it is.
  on_text pass_on(const exchange_ptr& x, unsigned status = 200,
                  std::string content_type = "application/json");

  net_context& ctx_;
  lane& where_;
  rate_book writes_;
  rate_book failures_;
};

/// The number in a query parameter; `fallback` if it is not there. Answers the
/// request and returns nothing if it is none or beyond `max`.
std::optional<std::uint64_t> query_number(const exchange_ptr& x,
                                          std::string_view key,
                                          std::uint64_t fallback,
                                          std::uint64_t max);

} // namespace ringside::net
