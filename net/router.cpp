#include "net/router.hpp"

#include "net/api.hpp"

#include <array>

namespace ringside::net {

namespace {

using bout::operation;
using http::verb;

constexpr auto none = body_kind::none;
constexpr auto json = body_kind::json;
constexpr std::nullopt_t everybody = std::nullopt;

constexpr std::array table{
  route{verb::get, "/healthz", everybody, none, &api::healthz},
  route{verb::get, "/readyz", everybody, none, &api::readyz},
  route{verb::get, "/metrics", everybody, none, &api::metrics},
  route{verb::get, "/api/v1/openapi.json", everybody, none, &api::openapi},
  route{verb::get, "/api/v1/asyncapi.json", everybody, none, &api::asyncapi},
  route{verb::get, "/api/v1/stream", operation::read_board, none,
        &api::stream_without_upgrade},
  route{verb::get, "/api/v1/session", everybody, none, &api::session_show},
  route{verb::post, "/api/v1/session", everybody, json, &api::session_open},
  route{verb::delete_, "/api/v1/session", everybody, none, &api::session_end},
  route{verb::post, "/api/v1/claim", everybody, json, &api::claim},

  route{verb::get, "/api/v1/rulesets", operation::read_board, none,
        &api::rulesets},
  route{verb::get, "/api/v1/rulesets/{ruleset_id}", operation::read_board, none,
        &api::ruleset},
  route{verb::get, "/api/v1/bouts", operation::read_board, none,
        &api::bouts_list},
  route{verb::post, "/api/v1/bouts", operation::create_bout, json,
        &api::bouts_create},
  route{verb::get, "/api/v1/bouts/{bout_id}", operation::read_bout, none,
        &api::bout_show},
  route{verb::post, "/api/v1/bouts/{bout_id}/commands", everybody, json,
        &api::bout_command},
  route{verb::get, "/api/v1/bouts/{bout_id}/events", operation::read_journal,
        none, &api::bout_events},
  route{verb::get, "/api/v1/bouts/{bout_id}/scorecards", operation::read_cards,
        none, &api::bout_cards},
  route{verb::get, "/api/v1/bouts/{bout_id}/result", operation::read_board,
        none, &api::bout_result},
  route{verb::get, "/api/v1/bouts/{bout_id}/statistics", operation::read_board,
        none, &api::bout_statistics},
  route{verb::get, "/api/v1/bouts/{bout_id}/rounds/{round}/assessment",
        operation::read_assessment, none, &api::round_assessment},
  route{verb::get, "/api/v1/bouts/{bout_id}/judging",
        operation::read_assessment, none, &api::bout_judging},
  route{verb::get, "/api/v1/bouts/{bout_id}/shadows", operation::read_judges,
        none, &api::shadows_show},
  route{verb::put, "/api/v1/bouts/{bout_id}/shadows/{shadow}",
        operation::assign_judge, json, &api::shadow_give},
  route{verb::put, "/api/v1/bouts/{bout_id}/shadows/{shadow}/cards/{round}",
        operation::submit_card, json, &api::shadow_file},
  route{verb::get, "/api/v1/judges/{account_id}/reliability",
        operation::read_judges, none, &api::judge_reliability},
  route{verb::get, "/api/v1/fighters/statistics", operation::read_board, none,
        &api::fighter_statistics},

  route{verb::get, "/api/v1/calibration", operation::read_calibration, none,
        &api::calibration_show},
  route{verb::put, "/api/v1/calibration", operation::change_calibration, json,
        &api::calibration_set},
  route{verb::get, "/api/v1/calibration/history", operation::read_calibration,
        none, &api::calibration_history},
  route{verb::post, "/api/v1/calibration/preview",
        operation::preview_calibration, json, &api::calibration_preview},
  route{verb::post, "/api/v1/calibration/rollback",
        operation::change_calibration, json, &api::calibration_rollback},
  route{verb::get, "/api/v1/scoring/profiles", operation::read_calibration,
        none, &api::profiles_list},
  route{verb::post, "/api/v1/scoring/profiles/reload",
        operation::change_calibration, json, &api::profiles_reload},

  route{verb::get, "/api/v1/actors", operation::read_operations, none,
        &api::actors},
  route{verb::get, "/api/v1/timesync", operation::read_operations, none,
        &api::timesync},
  route{verb::post, "/api/v1/actors/{name*}/restart", operation::restart_actor,
        none, &api::actor_restart},

  route{verb::get, "/api/v1/audit/checkpoint", operation::read_board, none,
        &api::audit_checkpoint},
  route{verb::get, "/api/v1/audit/tile/{path*}", operation::read_board, none,
        &api::audit_tile},
  route{verb::get, "/api/v1/audit/proof/inclusion", operation::read_board, none,
        &api::audit_inclusion},
  route{verb::get, "/api/v1/audit/proof/consistency", operation::read_board,
        none, &api::audit_consistency},
  route{verb::get, "/api/v1/audit/bout/{file}", operation::export_bundle, none,
        &api::audit_bundle},

  route{verb::get, "/api/v1/sources", operation::read_operations, none,
        &api::sources_list},
  route{verb::post, "/api/v1/sources", operation::manage_sources, json,
        &api::sources_create},
  route{verb::get, "/api/v1/sources/{source_id}", operation::read_operations,
        none, &api::source_show},
  route{verb::put, "/api/v1/sources/{source_id}/bout",
        operation::manage_sources, json, &api::source_assign},
  route{verb::post, "/api/v1/sources/{source_id}/detections",
        operation::send_detections, json, &api::source_detections},
  route{verb::post, "/api/v1/sources/{source_id}/heartbeat",
        operation::send_detections, json, &api::source_heartbeat},
  route{verb::get, "/api/v1/vision/metrics", operation::read_operations, none,
        &api::vision_metrics},
  route{verb::post, "/api/v1/sources/{source_id}/work",
        operation::send_detections, json, &api::source_work},
  route{verb::post, "/api/v1/sources/{source_id}/drain",
        operation::manage_sources, json, &api::source_drain},
  route{verb::get, "/api/v1/vision/router", operation::read_operations, none,
        &api::vision_router},
  route{verb::get, "/api/v1/failover", operation::read_operations, none,
        &api::failover_show},
  route{verb::post, "/api/v1/failover", operation::manage_sources, json,
        &api::failover_set},
  route{verb::get, "/api/v1/harmonizer/stats", operation::read_operations, none,
        &api::harmonizer_stats},
  route{verb::get, "/api/v1/bouts/{bout_id}/fused", operation::read_operations,
        none, &api::bout_fused},

  route{verb::get, "/api/v1/simulations", operation::run_simulation, none,
        &api::simulations_list},
  route{verb::post, "/api/v1/simulations", operation::run_simulation, json,
        &api::simulations_start},
  route{verb::get, "/api/v1/simulations/{simulation_id}",
        operation::run_simulation, none, &api::simulation_show},
  route{verb::delete_, "/api/v1/simulations/{simulation_id}",
        operation::run_simulation, none, &api::simulation_cancel},

  route{verb::get, "/api/v1/accounts", operation::manage_accounts, none,
        &api::accounts_list},
  route{verb::post, "/api/v1/accounts", operation::manage_accounts, json,
        &api::accounts_create},
  route{verb::post, "/api/v1/accounts/{account_id}/tokens",
        operation::manage_accounts, json, &api::token_issue},
  route{verb::delete_, "/api/v1/accounts/{account_id}/tokens",
        operation::manage_accounts, none, &api::tokens_revoke},
  route{verb::put, "/api/v1/accounts/{account_id}/role",
        operation::manage_accounts, json, &api::role_set},
};

std::vector<std::string_view> split(std::string_view pattern) {
  std::vector<std::string_view> out;
  pattern.remove_prefix(1);
  for (;;) {
    auto end = pattern.find('/');
    out.push_back(pattern.substr(0, end));
    if (end == std::string_view::npos)
      return out;
    pattern.remove_prefix(end + 1);
  }
}

} // namespace

std::span<const route> all_routes() noexcept {
  return table;
}

std::optional<std::vector<std::pair<std::string_view, std::string>>>
match_pattern(std::string_view pattern, std::span<const std::string> segments) {
  auto parts = split(pattern);
  std::vector<std::pair<std::string_view, std::string>> params;
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto part = parts[i];
    auto behind = parts.size() - i - 1;
    if (at >= segments.size())
      return std::nullopt;
    if (!part.starts_with('{')) {
      if (segments[at++] != part)
        return std::nullopt;
      continue;
    }
    auto name = part.substr(1, part.size() - 2);
    auto take = std::size_t{1};
    if (name.ends_with('*')) {
      name.remove_suffix(1);
      if (segments.size() < at + behind + 1)
        return std::nullopt;
      take = segments.size() - at - behind;
    }
    std::string value;
    for (; take > 0; --take)
      value += (value.empty() ? "" : "/") + segments[at++];
    if (value.empty())
      return std::nullopt;
    params.emplace_back(name, std::move(value));
  }
  if (at != segments.size())
    return std::nullopt;
  return params;
}

} // namespace ringside::net
