#include "app/replay/report.hpp"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace ringside::replay {

namespace {

using nlohmann::ordered_json;

std::string ms_text(std::int64_t us) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f ms",
                static_cast<double>(us) / 1'000);
  return text.data();
}

std::string verdict_word(const bout_report& b) {
  if (!b.equal)
    return b.result.empty() ? "no result" : "not compared";
  return *b.equal ? "equal" : "NOT EQUAL";
}

ordered_json difference_json(const cell_difference& d) {
  return {{"round", d.round},
          {"column", d.column},
          {"file", d.file},
          {"ours", d.ours}};
}

ordered_json bout_json(const bout_report& b) {
  ordered_json o{{"bout_id", b.id},
                 {"node_bout_id", b.node_id},
                 {"date", b.date},
                 {"fighter_a", b.fighters.red},
                 {"fighter_b", b.fighters.blue},
                 {"ruleset", b.ruleset},
                 {"rounds", b.rounds}};
  o["result"] = b.result.empty() ? ordered_json{} : ordered_json(b.result);
  o["official"]
    = b.official.empty() ? ordered_json{} : ordered_json(b.official);
  o["official_method"] = b.official_method;
  o["equal"] = b.equal ? ordered_json(*b.equal) : ordered_json{};
  o["reason"] = b.reason;
  o["note"] = b.note;
  o["source_error"] = b.source_error;
  o["failed"] = b.failed;
  o["events"] = b.events;
  o["acks"] = b.acks;
  o["resent"] = b.resent;
  o["ack_p50_us"] = percentile(b.ack_us, 500'000);
  o["ack_p99_us"] = percentile(b.ack_us, 990'000);
  o["counts_compared"] = b.cells;
  o["differences"] = ordered_json::array();
  for (const auto& d : b.differences)
    o["differences"].push_back(difference_json(d));
  return o;
}

ordered_json summary_json(const summary& s) {
  ordered_json o{{"bouts", s.bouts},
                 {"equal", s.equal},
                 {"differ", s.differ},
                 {"source_errors", s.source_errors},
                 {"incomplete", s.incomplete},
                 {"not_compared", s.not_compared},
                 {"failed", s.failed},
                 {"rounds", s.rounds},
                 {"events", s.events},
                 {"acks", s.acks},
                 {"resent", s.resent},
                 {"ack_p50_us", s.p50_us},
                 {"ack_p99_us", s.p99_us},
                 {"counts_compared", s.cells},
                 {"counts_different", s.cells_different},
                 {"control_off_mean_us", s.control_mean_us},
                 {"control_off_worst_ms", s.control_worst_ms},
                 {"took_ms", s.took_ms}};
  if (s.verify)
    o["verify"] = {{"sound", s.verify->sound},
                   {"entries", s.verify->entries},
                   {"detail", s.verify->detail}};
  else
    o["verify"] = ordered_json{};
  o["good"] = s.good();
  return o;
}

} // namespace

std::int64_t percentile(std::vector<std::int64_t> times, std::int64_t ppm) {
  if (times.empty())
    return 0;
  auto last = static_cast<std::int64_t>(times.size()) - 1;
  auto nth = times.begin() + last * ppm / 1'000'000;
  std::nth_element(times.begin(), nth, times.end());
  return *nth;
}

summary summarize(const std::vector<bout_report>& bouts, const pace& speed) {
  summary s;
  std::vector<std::int64_t> times;
  std::int64_t control_rounds = 0;
  std::int64_t control_off_ms = 0;
  for (const auto& b : bouts) {
    ++s.bouts;
    s.equal += b.equal == true;
    s.differ += b.equal == false;
    s.source_errors += b.source_error;
    s.incomplete += !b.equal && b.result.empty();
    s.not_compared += !b.equal && !b.result.empty();
    s.failed += b.failed;
    s.rounds += b.rounds;
    s.events += b.events;
    s.acks += b.acks;
    s.resent += b.resent;
    s.cells += b.cells;
    s.cells_different += static_cast<std::int64_t>(b.differences.size());
    control_rounds += b.control_rounds;
    control_off_ms += b.control_off_ms;
    s.control_worst_ms = std::max(s.control_worst_ms, b.control_worst_ms);
    times.insert(times.end(), b.ack_us.begin(), b.ack_us.end());
  }
  if (control_rounds > 0)
    s.control_mean_us = control_off_ms * 1'000 / control_rounds;
  s.control_scale = speed.scale();
  s.p50_us = percentile(times, 500'000);
  s.p99_us = percentile(std::move(times), 990'000);
  return s;
}

std::string line_of(const bout_report& b) {
  auto text = b.id + "  " + b.fighters.red + " v. " + b.fighters.blue + ", "
              + b.date + "\n    ours " + (b.result.empty() ? "-" : b.result)
              + "; official "
              + (b.official.empty() ? b.official_method : b.official) + "; "
              + verdict_word(b);
  if (!b.reason.empty())
    text += " (" + b.reason + ")";
  if (!b.note.empty())
    text += " (" + b.note + ")";
  text += "; " + std::to_string(b.events) + " events, " + std::to_string(b.acks)
          + " acks, p50 " + ms_text(percentile(b.ack_us, 500'000)) + ", p99 "
          + ms_text(percentile(b.ack_us, 990'000));
  for (const auto& d : b.differences)
    text += "\n    DIFFERENT round " + std::to_string(d.round) + " " + d.column
            + ": file " + d.file + ", ours " + d.ours;
  return text;
}

std::string text_of(const summary& s) {
  auto n = [](std::int64_t x) { return std::to_string(x); };
  auto text = n(s.bouts) + " bouts, " + n(s.rounds) + " rounds in "
              + ms_text(s.took_ms * 1'000) + ": " + n(s.equal) + " equal, "
              + n(s.differ) + " not equal (" + n(s.source_errors)
              + " by the source's error), " + n(s.incomplete)
              + " without a result, " + n(s.not_compared) + " not comparable\n"
              + n(s.events) + " events, " + n(s.acks) + " acks (p50 "
              + ms_text(s.p50_us) + ", p99 " + ms_text(s.p99_us) + "), "
              + n(s.resent) + " commands sent again\n" + n(s.cells)
              + " counts compared, " + n(s.cells_different)
              + " different; control off by " + ms_text(s.control_mean_us)
              + " on average, " + n(s.control_worst_ms)
              + " ms at most, per round and fighter at "
              + n(static_cast<std::int64_t>(s.control_scale))
              + " times the real speed\n";
  if (s.verify)
    text += "verify: " + n(static_cast<std::int64_t>(s.verify->entries))
            + " entries, " + (s.verify->sound ? "SOUND" : "NOT SOUND")
            + (s.verify->detail.empty() ? "" : ": " + s.verify->detail) + "\n";
  else
    text += "verify: not here; run `ringside verify` where the journal is\n";
  if (s.failed > 0)
    text += n(s.failed) + " bouts FAILED without an explanation\n";
  return text;
}

std::string json_of(const std::vector<bout_report>& bouts, const summary& all) {
  ordered_json o;
  o["bouts"] = ordered_json::array();
  for (const auto& b : bouts)
    o["bouts"].push_back(bout_json(b));
  o["summary"] = summary_json(all);
  return o.dump();
}

} // namespace ringside::replay
