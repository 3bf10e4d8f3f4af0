#include "domain/scoring/peer/words.hpp"

#include <algorithm>

namespace ringside::scoring::peer {

namespace {

using k = v3_key;

constexpr std::optional<v3_key> unpaid;

constexpr std::array table{
  word{"Jab", k::jab, "strike_jab", ""},
  word{"Cross", k::cross, "strike_cross", "strike_sig"},
  word{"Hook", k::hook, "strike_hook", "strike_sig"},
  word{"Uppercut", k::uppercut, "strike_uppercut", "strike_sig"},
  word{"Elbow", k::elbow, "strike_elbow", "strike_sig"},
  word{"Knee", k::knee, "strike_knee", "strike_sig"},
  word{"Kick", k::kick, "kick_body", "strike_sig"},
  word{"Head Kick", k::kick, "kick_head", "strike_sig"},
  word{"Body Kick", k::kick, "kick_body", "strike_sig"},
  word{"Leg Kick", k::kick, "kick_low", "strike_sig"},
  word{"SS Jab", k::ss_jab, "strike_jab", "strike_sig"},
  word{"SS Cross", k::ss_cross, "strike_cross", "strike_sig"},
  word{"SS Hook", k::ss_hook, "strike_hook", "strike_sig"},
  word{"SS Uppercut", k::ss_uppercut, "strike_uppercut", "strike_sig"},
  word{"SS Kick", k::ss_kick, "kick_body", "strike_sig"},
  word{"SS Elbow", k::ss_elbow, "strike_elbow", "strike_sig"},
  word{"SS Knee", k::ss_knee, "strike_knee", "strike_sig"},
  word{"Rocked", k::rocked, "rock", "rocked"},
  word{"Rocked/Stunned", k::rocked, "rock", "rocked"},
  word{"KD Flash", k::kd_flash, "KD_flash", "kd_flash"},
  word{"KD Hard", k::kd_hard, "KD_hard", "kd_hard"},
  word{"KD Near-Finish", k::kd_nf, "KD_nearfinish", "kd_nf"},
  word{"KD NF", k::kd_nf, "KD_nearfinish", "kd_nf"},
  word{"Takedown", k::takedown, "td_landed", "td_land"},
  word{"TD", k::takedown, "td_landed", "td_land"},
  word{"Takedown Landed", k::takedown, "td_landed", "td_land"},
  word{"Takedown Stuffed", k::takedown_stuffed, "td_stuffed", ""},
  word{"Takedown Defended", k::takedown_stuffed, "td_stuffed", ""},
  word{"TD Stuffed", k::takedown_stuffed, "td_stuffed", ""},
  word{"TD Defended", k::takedown_stuffed, "td_stuffed", ""},
  word{"GnP Light", k::gnp_light, "strike_jab", ""},
  word{"GnP Hard", k::gnp_hard, "strike_cross", "strike_sig"},
  word{"GnP Solid", k::gnp_hard, "strike_cross", "strike_sig"},
  word{"Cage Strikes Light", unpaid, "strike_jab", ""},
  word{"Cage Strikes Hard", unpaid, "strike_cross", "strike_sig"},
  word{"Top Control", k::top_control, "control_top", "control"},
  word{"Ground Top Control", k::top_control, "control_top", "control"},
  word{"Back Control", k::back_control, "control_back", "control"},
  word{"Ground Back Control", k::back_control, "control_back", "control"},
  word{"Cage Control", k::cage_control, "control_cage", "control"},
  word{"Cage Control Time", k::cage_control, "control_cage", "control"},
  word{"Sub Light", k::sub_light, "sub_attempt_light", "sub_attempt"},
  word{"Sub Deep", k::sub_deep, "sub_attempt_deep", "sub_attempt"},
  word{"Sub Near-Finish", k::sub_nf, "sub_attempt_nearfinish", "sub_attempt"},
  word{"Sub NF", k::sub_nf, "sub_attempt_nearfinish", "sub_attempt"},
  word{"Sweep/Reversal", unpaid, "sweep", ""},
};

/// E1 takes a start at time zero for none, so its times do not begin there.
constexpr std::int64_t e1_epoch_ms = 10'000'000;

const word* find_alias(std::string_view alias) noexcept {
  auto at = std::find_if(table.begin(), table.end(),
                         [&](const word& w) { return w.alias == alias; });
  return at == table.end() ? nullptr : &*at;
}

const word* find_key(v3_key key) noexcept {
  auto at = std::find_if(table.begin(), table.end(),
                         [&](const word& w) { return w.key == key; });
  return at == table.end() ? nullptr : &*at;
}

bool one_of(std::string_view text,
            std::initializer_list<std::string_view> list) noexcept {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// The three words whose meaning depends on the rest of the event.
std::optional<v3_key> refined_key(const log_event& e) noexcept {
  if (e.type == "KD") {
    if (one_of(e.tier, {"Near-Finish", "NF"}))
      return k::kd_nf;
    return e.tier == "Hard" ? k::kd_hard : k::kd_flash;
  }
  if (e.type == "Ground Strike")
    return one_of(e.quality, {"SOLID", "HARD"}) ? k::gnp_hard : k::gnp_light;
  if (e.type == "Submission Attempt") {
    const auto& tier = e.tier.empty() ? e.depth : e.tier;
    if (one_of(tier, {"Near-Finish", "NF", "NEAR_FINISH"}))
      return k::sub_nf;
    return one_of(tier, {"Deep", "DEEP"}) ? k::sub_deep : k::sub_light;
  }
  return std::nullopt;
}

std::string lower(std::string_view text) {
  std::string out{text};
  for (auto& c : out)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::optional<v3_key> literal_key(std::string_view type) {
  auto text = lower(type);
  for (auto& c : text)
    c = c == ' ' || c == '-' ? '_' : c;
  if (auto key = parse_enum<v3_key>(text))
    return key;
  if (text.find("control") == std::string::npos)
    return std::nullopt;
  if (text.find("back") != std::string::npos)
    return k::back_control;
  return text.find("cage") != std::string::npos ? k::cage_control
                                                : k::top_control;
}

/// The row whose words the other peers use for this event, or null.
const word* row_of(const log_event& e) {
  if (const auto* row = find_alias(e.type))
    return row;
  auto key = v3_key_of(e);
  return key ? find_key(*key) : nullptr;
}

} // namespace

std::span<const word> words() noexcept {
  return table;
}

std::optional<v3_key> v3_key_of(const log_event& e) {
  constexpr std::string_view significant = "SS ";
  if (e.type.starts_with(significant)) {
    auto rest = std::string_view{e.type}.substr(significant.size());
    if (auto key = parse_enum<v3_key>("ss_" + lower(rest)))
      return key;
  }
  if (auto key = refined_key(e))
    return key;
  if (const auto* row = find_alias(e.type))
    return row->key;
  return literal_key(e.type);
}

std::vector<log_event> to_icvss(std::span<const log_event> v3_log) {
  std::vector<log_event> out;
  for (const auto& e : v3_log) {
    const auto* row = row_of(e);
    if (row == nullptr || row->icvss.empty())
      continue;
    log_event made;
    made.corner = e.corner;
    made.type = row->icvss;
    made.at_ms = e.at_ms;
    made.duration_s = e.duration_s;
    out.push_back(std::move(made));
  }
  return out;
}

std::vector<log_event> to_e1(std::span<const log_event> v3_log) {
  std::vector<log_event> out;
  for (const auto& e : v3_log) {
    const auto* row = row_of(e);
    if (row == nullptr || row->e1.empty())
      continue;
    log_event made;
    made.corner = e.corner;
    made.type = row->e1;
    made.at_ms = e1_epoch_ms + e.at_ms;
    if (row->e1 == "control") {
      auto length_ms
        = static_cast<std::int64_t>(e.duration_s.value_or(0) * 1'000);
      auto start = made;
      start.type = "control_start";
      start.at_ms -= length_ms;
      out.push_back(std::move(start));
      made.type = "control_end";
    }
    made.severity = row->e1 == "strike_sig" ? 0.6 : 1;
    out.push_back(std::move(made));
  }
  return out;
}

} // namespace ringside::scoring::peer
