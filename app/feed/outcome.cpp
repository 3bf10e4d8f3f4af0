#include "app/feed/outcome.hpp"

#include "app/feed/frame_fields.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

namespace ringside::feed {

namespace {

constexpr ppm shown_from{500'000};
constexpr ppm sure_from{900'000};

std::int64_t ppm_of(double share) {
  return std::llround(share * 1e6);
}

/// One event with all that was heard of it.
struct story {
  const heard_event* first = nullptr;
  const heard_event* first_final = nullptr;
  const heard_event* last = nullptr;
};

using stories = std::map<std::string, story, std::less<>>;

stories stories_of(const std::vector<heard_event>& heard) {
  stories all;
  for (const auto& h : heard) {
    auto& s = all[std::string{text_in(h.what, "event_id")}];
    if (s.last != nullptr
        && number_in(h.what, "rev") <= number_in(s.last->what, "rev"))
      continue;
    if (s.first == nullptr)
      s.first = &h;
    if (s.first_final == nullptr && text_in(h.what, "state") == "final")
      s.first_final = &h;
    s.last = &h;
  }
  return all;
}

fusion::fused_event event_of(const json::value& said) {
  fusion::fused_event e;
  e.t = {number_in(said, "t_us").value_or(0)};
  e.corner = parse_corner(text_in(said, "corner"));
  e.p = ppm{static_cast<std::int32_t>(number_in(said, "p_ppm").value_or(0))};
  const auto& names = kind_names();
  auto kind = std::find(names.begin(), names.end(), text_in(said, "kind"));
  // A kind that is none of ours is a wrong one.
  e.kind = static_cast<fusion::kind_index>(kind - names.begin());
  e.state = fusion::event_state::final;
  return e;
}

template <class Strikes>
strike_counts count(const Strikes& all) {
  strike_counts out;
  for (const auto& s : all) {
    ++out.all;
    ++out.kinds[s.kind];
    if constexpr (requires { s.corner.has_value(); }) {
      if (s.corner)
        ++out.by[*s.corner];
    } else {
      ++out.by[s.corner];
    }
  }
  return out;
}

/// The clock of one camera against the reference.
camera_outcome measured(const camera& c, const watcher& screen) {
  camera_outcome out;
  out.source_id = c.source_id();
  out.sent = c.figures();
  std::vector<std::int64_t> bounds;
  std::vector<std::int64_t> errors;
  for (const auto& said : c.figures().times) {
    auto truth = screen.placed(said.seen);
    if (!truth)
      continue;
    auto error = std::abs(said.at_us - truth->at.count);
    bounds.push_back(said.err_us);
    errors.push_back(error);
    // One microsecond for rounding.
    if (error > said.err_us + truth->err_us + 1)
      ++out.beyond_bound;
  }
  out.bound = spread_of(std::move(bounds));
  out.error = spread_of(std::move(errors));
  return out;
}

void time_events(const std::vector<fusion::fused_event>& events,
                 const std::vector<const story*>& of,
                 const std::vector<fusion::true_strike>& strikes,
                 const std::vector<real_strike>& truth, feed_outcome& out) {
  std::vector<std::int64_t> first;
  std::vector<std::int64_t> last;
  auto matched = fusion::match_truth(events, strikes);
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (matched[i] < 0 || events[i].p < shown_from)
      continue;
    auto at = truth[static_cast<std::size_t>(matched[i])].at;
    auto since = [at](const heard_event& h) {
      return std::chrono::duration_cast<std::chrono::microseconds>(h.at - at)
        .count();
    };
    first.push_back(since(*of[i]->first));
    last.push_back(since(*of[i]->first_final));
  }
  out.provisional = spread_of(std::move(first));
  out.final_ = spread_of(std::move(last));
}

} // namespace

spread spread_of(std::vector<std::int64_t> all) {
  if (all.empty())
    return {};
  std::sort(all.begin(), all.end());
  auto at = [&all](std::size_t percent) {
    return all[std::min(all.size() - 1, all.size() * percent / 100)];
  };
  return {all.size(), at(50), at(99), all.back()};
}

void judge(const std::vector<real_strike>& truth, const watcher& screen,
           const crowd& people, feed_outcome& out) {
  std::vector<fusion::true_strike> strikes;
  for (const auto& s : truth) {
    strikes.push_back(s.what);
    auto t = screen.placed(s.at).value_or(timing::bounded_time{});
    strikes.back().t = t.at;
    out.reference_err_us = std::max(out.reference_err_us, t.err_us);
  }
  auto all = stories_of(screen.heard());
  std::vector<const story*> decided;
  for (const auto& [id, s] : all) {
    out.withdrawn += text_in(s.last->what, "state") == "withdrawn" ? 1 : 0;
    if (text_in(s.last->what, "state") == "final")
      decided.push_back(&s);
  }
  std::stable_sort(decided.begin(), decided.end(),
                   [](const story* a, const story* b) {
                     return number_in(a->last->what, "t_us")
                            < number_in(b->last->what, "t_us");
                   });
  std::vector<fusion::fused_event> events;
  std::vector<fusion::fused_event> shown;
  for (const auto* s : decided) {
    events.push_back(event_of(s->last->what));
    if (events.back().p >= shown_from)
      shown.push_back(events.back());
  }
  out.truth = count(strikes);
  out.fused = count(shown);
  out.quality = fusion::judge(events, strikes, shown_from);
  out.sure = fusion::judge(events, strikes, sure_from);
  time_events(events, decided, strikes, truth, out);
  out.revisions = screen.heard().size();
  out.gaps = screen.gaps();
  for (const auto& c : people.cameras())
    out.cameras.push_back(measured(*c, screen));
  for (const auto& o : people.operators()) {
    out.operators.taps += o->figures().taps;
    out.operators.resent += o->figures().resent;
    out.operators.refused += o->figures().refused;
  }
}

// -- for people ---------------------------------------------------------------

namespace {

template <class... Ts>
std::string line(const char* format, Ts... values) {
  char out[200];
  std::snprintf(out, sizeof out, format, values...);
  return out;
}

std::string counts_text(const strike_counts& truth,
                        const strike_counts& fused) {
  auto row = [](const char* what, std::size_t a, std::size_t b) {
    return line("  %-12s %8zu %8zu\n", what, a, b);
  };
  auto out = line("  %-12s %8s %8s\n", "strikes", "truth", "fused");
  out += row("all", truth.all, fused.all);
  for (auto c : both_corners)
    out += row(std::string{to_string(c)}.c_str(), truth.by[c], fused.by[c]);
  for (std::size_t k = 0; k < kind_names().size(); ++k)
    out += row(kind_names()[k].c_str(), truth.kinds[k], fused.kinds[k]);
  return out;
}

std::string quality_text(const fusion::quality& q, const char* title) {
  return line("  %-20s precision %.3f  recall %.3f  F1 %.3f  double %.2f %%"
              "  label %.3f\n",
              title, q.precision(), q.recall(), q.f1(), 100 * q.double_rate(),
              q.label_accuracy());
}

double ms(std::int64_t us) {
  return static_cast<double>(us) * 1e-3;
}

std::string camera_text(const camera_outcome& c) {
  return line("  %-6s %6zu %6zu %5zu %5zu   %6.2f %6.2f   %6.2f %6.2f  %zu\n",
              c.source_id.c_str(), static_cast<std::size_t>(c.sent.reports),
              static_cast<std::size_t>(c.sent.batches),
              static_cast<std::size_t>(c.sent.resent),
              static_cast<std::size_t>(c.sent.connections), ms(c.bound.p50_us),
              ms(c.bound.p99_us), ms(c.error.p50_us), ms(c.error.max_us),
              c.beyond_bound);
}

} // namespace

std::string text_of(const feed_outcome& o) {
  auto out
    = line("Simulated fight, seed %llu: %d cameras, %d operators, "
           "%d rounds, %d s at its own speed\n",
           static_cast<unsigned long long>(o.settings.seed), o.settings.cameras,
           o.settings.operators, o.settings.rounds, o.settings.seconds);
  out += "  bout " + o.bout_id + ", " + o.result + "\n\n"
         + counts_text(o.truth, o.fused) + "\n"
         + quality_text(o.quality, "shown (p >= 0.5)")
         + quality_text(o.sure, "sure (p >= 0.9)")
         + line("  calibration error    %.3f\n\n", o.quality.ece());
  auto late = [](const char* what, const spread& s) {
    return line("  %-12s p50 %4.0f ms  p99 %4.0f ms after the strike\n", what,
                ms(s.p50_us), ms(s.p99_us));
  };
  out += late("provisional", o.provisional) + late("final", o.final_)
         + line("  %zu revisions, %zu events withdrawn, %zu gaps\n\n",
                o.revisions, o.withdrawn, o.gaps);
  out += "  camera reports batches resent conn  bound p50/p99 ms  error "
         "p50/max ms  beyond\n";
  for (const auto& c : o.cameras)
    out += camera_text(c);
  out += line("  operators: %zu taps, %zu resent, %zu refused; reference "
              "within %.2f ms\n",
              static_cast<std::size_t>(o.operators.taps),
              static_cast<std::size_t>(o.operators.resent),
              static_cast<std::size_t>(o.operators.refused),
              ms(o.reference_err_us));
  return out;
}

// -- for programs -------------------------------------------------------------

namespace {

json::value counts_json(const strike_counts& c) {
  json::object kinds;
  for (std::size_t k = 0; k < kind_names().size(); ++k)
    kinds.emplace(kind_names()[k], std::uint64_t{c.kinds[k]});
  return json::object{{"strikes", std::uint64_t{c.all}},
                      {"red", std::uint64_t{c.by.red}},
                      {"blue", std::uint64_t{c.by.blue}},
                      {"kinds", std::move(kinds)}};
}

json::value quality_json(const fusion::quality& q) {
  return json::object{{"precision_ppm", ppm_of(q.precision())},
                      {"recall_ppm", ppm_of(q.recall())},
                      {"f1_ppm", ppm_of(q.f1())},
                      {"double_count_rate_ppm", ppm_of(q.double_rate())},
                      {"ece_ppm", ppm_of(q.ece())},
                      {"label_accuracy_ppm", ppm_of(q.label_accuracy())}};
}

json::value spread_json(const spread& s) {
  return json::object{{"count", std::uint64_t{s.count}},
                      {"p50_us", s.p50_us},
                      {"p99_us", s.p99_us},
                      {"max_us", s.max_us}};
}

json::value camera_json(const camera_outcome& c) {
  return json::object{{"source_id", c.source_id},
                      {"reports", c.sent.reports},
                      {"batches", c.sent.batches},
                      {"resent", c.sent.resent},
                      {"refused", c.sent.refused_items},
                      {"connections", c.sent.connections},
                      {"heartbeats", c.sent.beats},
                      {"clock_bound", spread_json(c.bound)},
                      {"clock_error", spread_json(c.error)},
                      {"beyond_bound", std::uint64_t{c.beyond_bound}}};
}

} // namespace

json::value json_of(const feed_outcome& o) {
  json::array cameras;
  for (const auto& c : o.cameras)
    cameras.push_back(camera_json(c));
  return json::object{
    {"kind", "cameras"},
    {"seed", static_cast<std::int64_t>(o.settings.seed
                                       & std::uint64_t{json::integer_max})},
    {"seconds", std::int64_t{o.settings.seconds}},
    {"rounds", std::int64_t{o.settings.rounds}},
    {"speed", std::int64_t{1}},
    {"feints_ppm", o.settings.feints_ppm},
    {"dropouts", std::int64_t{o.settings.dropouts}},
    {"bout_id", o.bout_id},
    {"result", o.result},
    {"took_ms", o.took_ms},
    {"truth", counts_json(o.truth)},
    {"fused", counts_json(o.fused)},
    {"fusion", quality_json(o.quality)},
    {"sure", quality_json(o.sure)},
    {"latency", json::object{{"provisional", spread_json(o.provisional)},
                             {"final", spread_json(o.final_)}}},
    {"revisions", std::uint64_t{o.revisions}},
    {"withdrawn", std::uint64_t{o.withdrawn}},
    {"gaps", std::uint64_t{o.gaps}},
    {"reference_err_us", o.reference_err_us},
    {"cameras", std::move(cameras)},
    {"operators", json::object{{"count", std::int64_t{o.settings.operators}},
                               {"taps", o.operators.taps},
                               {"resent", o.operators.resent},
                               {"refused", o.operators.refused}}}};
}

} // namespace ringside::feed
