#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/scoring/peer/log_event.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The vocabularies of the peers and how they translate, in one table, so that
/// engines which disagree do so about scoring and not about words.
namespace ringside::scoring::peer {

/// The point table of engine A (V3).
enum class v3_key : std::uint8_t {
  jab,
  cross,
  hook,
  uppercut,
  kick,
  elbow,
  knee,
  ss_jab,
  ss_cross,
  ss_hook,
  ss_uppercut,
  ss_kick,
  ss_elbow,
  ss_knee,
  rocked,
  kd_flash,
  kd_hard,
  kd_nf,
  takedown,
  takedown_stuffed,
  gnp_light,
  gnp_hard,
  cagestrikes_light,
  cage_control,
  top_control,
  back_control,
  sub_light,
  sub_deep,
  sub_nf,
};

inline constexpr std::size_t v3_keys = 29;

/// One word of engine A and what the others call it; empty where they have no
/// word.
struct word {
  std::string_view alias;
  /// Nothing for the words that A takes and pays nothing for.
  std::optional<v3_key> key;
  std::string_view icvss;
  std::string_view e1;
};

/// The whole table, in the order of the peer's alias map. The words `KD`,
/// `Submission Attempt` and `Ground Strike` are not in it: what they mean
/// depends on the event.
std::span<const word> words() noexcept;

/// The key of an event as engine A finds it: `SS ` prefix, alias, literal key,
/// anything with "control" in it; nothing if it pays no points.
std::optional<v3_key> v3_key_of(const log_event& e);

/// The same log in the words of ICVSS, all from cameras with severity and
/// confidence 1. What ICVSS has no word for is left out.
std::vector<log_event> to_icvss(std::span<const log_event> v3_log);

/// The same log in the words of E1: a control segment becomes a start and an
/// end, a significant strike has severity 0.6, everything else 1. What E1 has
/// no word for, a jab among it, is left out.
std::vector<log_event> to_e1(std::span<const log_event> v3_log);

} // namespace ringside::scoring::peer

namespace ringside {

template <>
struct enum_names<scoring::peer::v3_key> {
  static constexpr std::array<std::string_view, scoring::peer::v3_keys> value{
    "jab",
    "cross",
    "hook",
    "uppercut",
    "kick",
    "elbow",
    "knee",
    "ss_jab",
    "ss_cross",
    "ss_hook",
    "ss_uppercut",
    "ss_kick",
    "ss_elbow",
    "ss_knee",
    "rocked",
    "kd_flash",
    "kd_hard",
    "kd_nf",
    "takedown",
    "takedown_stuffed",
    "gnp_light",
    "gnp_hard",
    "cagestrikes_light",
    "cage_control",
    "top_control",
    "back_control",
    "sub_light",
    "sub_deep",
    "sub_nf"};
};

} // namespace ringside
