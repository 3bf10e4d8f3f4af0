#include "tests/app/node/fault_stage.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "domain/audit/json.hpp"
#include "tests/support/vision_world.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <map>
#include <utility>

namespace ringside::test {

namespace {

using protocol::text_answer;

constexpr std::size_t cameras = 4;
constexpr fight_us step = 10'000;
constexpr fight_us beat_every = 500'000;
constexpr ppm shown_from{500'000};
const std::vector<std::string> kinds{"jab", "cross", "kick"};

vendor::mapper_ptr mapper(const std::string& id, vendor::clock_kind clock) {
  auto m = plain_mapping(kinds);
  m.id = id;
  m.confidence = {"conf_ppm"};
  m.clock = clock;
  m.err_us = 1'000;
  return std::make_shared<const vendor::mapper>(m, kinds);
}

fusion::synthetic_fight make_fight() {
  auto f = fusion::usual_fight(23, static_cast<double>(fight_ends) * 1e-6);
  f.kinds = kinds.size();
  for (auto& s : f.sources)
    s.clock_bound_s = 0;
  return fusion::make_fight(f);
}

fight_us since_bell(mono_us t) {
  return elapsed(fusion::fight_starts, t).count;
}

std::int64_t number_in(const json::value& o, const char* key) {
  const auto* found = o.find(key);
  return found != nullptr && found->as_int() ? *found->as_int() : -1;
}

std::string text_in(const json::value& o, const char* key) {
  const auto* found = o.find(key);
  return found != nullptr && found->as_string() ? *found->as_string() : "";
}

bool has_evidence_of(const json::value& event, const std::string& whose) {
  for (const auto& s : *event.find("sources")->as_array())
    if (text_in(s, "source").starts_with(whose) && s.find("late") == nullptr)
      return true;
  return false;
}

fusion::fused_event event_of(const json::value& said) {
  fusion::fused_event e;
  e.t = {number_in(said, "t_us")};
  e.corner = parse_corner(text_in(said, "corner"));
  e.p = ppm{static_cast<std::int32_t>(number_in(said, "p_ppm"))};
  auto kind = std::find(kinds.begin(), kinds.end(), text_in(said, "kind"));
  e.kind = static_cast<fusion::kind_index>(kind - kinds.begin());
  return e;
}

} // namespace

void fault_stage::SetUp() {
  auto table = std::make_shared<mapper_table>();
  table->emplace("ringside", mapper("ringside", vendor::clock_kind::server));
  table->emplace("device", mapper("device", vendor::clock_kind::device));
  world.mappers = table;
  world.fusion = std::make_shared<const fusion::fusion_plan>(plain_plan(kinds));
  node_tree_fixture::SetUp();
  time_ = world.make(sched->clock().now())->time;
  fight = make_fight();
}

mono_us fault_stage::now() {
  return time_.at(sched->clock().now());
}

template <class Handle, class T>
actor_fixture::pending<text_answer> fault_stage::post(const std::string& name,
                                                      T what) {
  return send_request<text_answer>(services->names.open<Handle>(name),
                                   std::move(what));
}

std::string fault_stage::status(std::size_t n) {
  auto slot = post<protocol::sources_actor>("vision/sources",
                                            protocol::get_source{source_id(n)});
  sched->run();
  if (!*slot || !**slot)
    return "none";
  const auto* good = std::get_if<std::string>(&(***slot).outcome);
  return good != nullptr ? *good : "refused";
}

std::int64_t fault_stage::figure(std::size_t n, const std::string& key) {
  auto text = status(n);
  auto at = text.find("\"" + key + "\":");
  return at == std::string::npos
           ? -1
           : std::strtoll(text.c_str() + at + key.size() + 3, nullptr, 10);
}

json::value fault_stage::item(const fusion::report& r,
                              std::int64_t at_us) const {
  json::object o{{"kind", kinds[r.kind.value_or(0)]},
                 {"corner", to_string(r.corner.value_or(corner::red))},
                 {"at_us", at_us}};
  if (r.conf)
    o.emplace("conf_ppm", r.conf->count);
  return json::value{std::move(o)};
}

// -- the bout -----------------------------------------------------------------

void fault_stage::make_sources() {
  for (std::size_t n = 0; n < cameras; ++n) {
    intake::source_fact f;
    f.name = "camera " + std::to_string(n + 1);
    f.mapping = n == 2 ? mapping_of_third : "ringside";
    f.bout = id;
    auto slot = post<protocol::sources_actor>(
      "vision/sources", protocol::create_source{{role::admin, "a1"}, f});
    settle();
    ASSERT_TRUE(*slot && **slot);
  }
}

void fault_stage::open_bout() {
  create();
  for (auto seat = 1; seat <= 3; ++seat)
    node_tree_fixture::judge(seat,
                             bout::bind_seat{seat, {}, "tablet", false, {}});
  desk("timekeeper", timekeeper, bout::open_round{1});
  desk("timekeeper", timekeeper, bout::start_clock{});
}

void fault_stage::follow() {
  using sink_ptr = protocol::feed_sink::pointer;
  auto listen = [](sink_ptr, std::shared_ptr<fight_us> at,
                   std::shared_ptr<std::vector<heard_frame>> into)
    -> protocol::feed_sink::behavior_type {
    return {
      [at, into](const protocol::feed_delta& d) {
        into->push_back({*at, *d.frame});
      },
      [](const protocol::feed_reset&) {
        // nop
      },
    };
  };
  auto ear = track(sys->spawn(listen, clock_, heard_));
  auto hub = services->names.open<protocol::hub_actor>("node/hub");
  protocol::stream_key key{"fusion/" + id.str(),
                           {wire::audience::kind::control, 0}};
  caf::anon_send(caf::actor_cast<caf::actor>(hub), protocol::follow{key, ear});
  ASSERT_TRUE(ask<protocol::join_answer>(hub, protocol::join{key, {}}));
}

// -- what comes when ----------------------------------------------------------

std::vector<parcel> fault_stage::parcels(const fault_script& script) const {
  std::vector<parcel> all = script.more;
  if (script.fill_times)
    for (auto& p : all)
      for (auto& x : p.items)
        (*x.as_object())["at_us"] = json::value{node_time(p.at).count};
  std::array<std::uint64_t, cameras> seq{};
  for (const auto& r : fight.reports) {
    if (r.what.src >= cameras)
      continue;
    parcel p;
    p.at = since_bell(r.at);
    p.camera = r.what.src;
    p.seq = ++seq[p.camera];
    p.seen = since_bell(r.what.t_est);
    p.items.push_back(item(r.what, node_time(p.seen).count));
    if (!script.on_way) {
      all.push_back(std::move(p));
      continue;
    }
    for (auto& x : script.on_way(std::move(p)))
      all.push_back(std::move(x));
  }
  std::stable_sort(
    all.begin(), all.end(),
    [](const parcel& a, const parcel& b) { return a.at < b.at; });
  return all;
}

std::vector<tap> fault_stage::taps(const fault_script& script) const {
  std::vector<tap> all;
  for (const auto& r : fight.reports) {
    if (r.what.src < cameras)
      continue;
    auto said = since_bell(r.what.t_est);
    tap t{std::max(since_bell(r.at), said), said, r.what.src - cameras, r.what};
    if (script.hand)
      script.hand(t);
    all.push_back(t);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const tap& a, const tap& b) { return a.at < b.at; });
  return all;
}

void fault_stage::deliver(const parcel& p) {
  intake::batch b;
  b.seq = p.seq;
  b.items = std::make_shared<const json::array>(p.items);
  b.arrived = now();
  b.clock = p.clock;
  asked_.push_back(post<protocol::source_actor>(
    "source/" + source_id(p.camera), protocol::send_detections{"a9", b}));
}

void fault_stage::deliver(const tap& t) {
  bout::strike s;
  s.corner = t.what.corner.value_or(corner::red);
  s.technique = kinds[t.what.kind.value_or(0)];
  auto c = make({role::operator_, "o" + std::to_string(t.who + 1)},
                bout::log_fact{s, {}});
  c.occurred = bout::claimed_time{node_time(t.said), 1'000};
  send("bout/" + id.str() + "/desk/operator", c, id);
}

void fault_stage::beat(const fault_script& script, fight_us t) {
  for (std::size_t n = 0; n < cameras; ++n)
    if (!script.beats || script.beats(n, t))
      post<protocol::source_actor>(
        "source/" + source_id(n),
        protocol::source_heartbeat{"a9", true, now()});
}

fault_figures fault_stage::run(const std::string& name, fault_script script) {
  open_bout();
  make_sources();
  follow();
  base_ = now();
  auto batches = parcels(script);
  auto hands = taps(script);
  auto batch = batches.begin();
  auto hand = hands.begin();
  for (fight_us t = 0; t < fight_ends + 3'000'000; t += step) {
    *clock_ = t;
    if (script.each_step)
      script.each_step(t);
    if (t % beat_every == 0)
      beat(script, t);
    for (; batch != batches.end() && batch->at <= t; ++batch)
      deliver(*batch);
    for (; hand != hands.end() && hand->at <= t; ++hand)
      deliver(*hand);
    advance(std::chrono::microseconds{step});
  }
  for (const auto& slot : asked_)
    unanswered += *slot ? 0 : 1;
  auto f = weigh(script);
  std::printf("%-34s F1 before %.3f  during %.3f  after %.3f", name.c_str(),
              f.before, f.during, f.after);
  if (f.recovered_ms >= 0)
    std::printf("  recovered in %lld ms",
                static_cast<long long>(f.recovered_ms));
  std::printf("\n");
  return f;
}

// -- how good -----------------------------------------------------------------

fault_figures fault_stage::weigh(const fault_script& script) const {
  struct told {
    json::value last;
    fight_us first_final = -1;
  };
  std::map<std::string, told> all;
  for (const auto& frame : *heard_) {
    auto v = json::parse(frame.text, {1'024 * 1'024, 16});
    for (const auto& [slot, e] : *v->find("changes")->as_object()) {
      auto& x = all[text_in(e, "event_id")];
      x.last = e;
      if (x.first_final < 0 && text_in(e, "state") == "final")
        x.first_final = frame.at;
    }
  }
  std::vector<fusion::true_strike> truth = fight.strikes;
  for (auto& s : truth)
    s.t = node_time(since_bell(s.t));
  std::vector<fusion::fused_event> events;
  std::vector<const told*> of;
  fault_figures out;
  for (const auto& [event_id, x] : all) {
    if (text_in(x.last, "state") != "final")
      continue;
    events.push_back(event_of(x.last));
    of.push_back(&x);
    out.finals.push_back(
      event_id + " " + std::to_string(events.back().t.count - base_.count) + " "
      + text_in(x.last, "kind") + " " + std::to_string(events.back().p.count));
  }
  auto matched = fusion::match_truth(events, truth);
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto t = events[i].t.count - base_.count;
    if (matched[i] < 0 || t < fault_ends || events[i].p < shown_from
        || !has_evidence_of(of[i]->last, script.whose))
      continue;
    auto ms = (of[i]->first_final - fault_ends) / 1'000;
    if (out.recovered_ms < 0 || ms < out.recovered_ms)
      out.recovered_ms = ms;
  }
  auto window = [&](fight_us from, fight_us to) {
    auto inside = [&](const auto& x) {
      auto t = x.t.count - base_.count;
      return t >= from && t < to;
    };
    std::vector<fusion::fused_event> e;
    std::vector<fusion::true_strike> s;
    std::copy_if(events.begin(), events.end(), std::back_inserter(e), inside);
    std::copy_if(truth.begin(), truth.end(), std::back_inserter(s), inside);
    std::stable_sort(e.begin(), e.end(),
                     [](const auto& a, const auto& b) { return a.t < b.t; });
    return fusion::judge(e, s, shown_from);
  };
  out.before = window(0, fault_begins).f1();
  out.quality_during = window(fault_begins, fault_ends);
  out.during = out.quality_during.f1();
  out.after = window(fault_ends, fight_ends).f1();
  return out;
}

} // namespace ringside::test
