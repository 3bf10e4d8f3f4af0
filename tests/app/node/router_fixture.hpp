#pragma once

#include "actors/protocol/router_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "domain/audit/json.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/vision_world.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ringside::test {

using protocol::text_answer;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Numbers of the reports that the bout heard, by camera.
using heard_reports = std::map<std::string, std::vector<std::uint64_t>>;

inline protocol::harmonizer_actor::behavior_type
listen(protocol::harmonizer_actor::pointer,
       std::shared_ptr<heard_reports> into) {
  return {
    [into](const protocol::source_reports& x) {
      for (const auto& r : *x.reports)
        (*into)[x.from.id].push_back(r.seq / intake::items_max);
    },
    [](const protocol::source_beat&) {
      // nop
    },
    [](const protocol::source_acts&) {
      // nop
    },
    [](const protocol::bout_news&) {
      // nop
    },
    [](const protocol::get_fusion&) { return text_answer{"{}"}; },
    [](const protocol::get_fused&) { return text_answer{"{}"}; },
  };
}

/// A vision worker as it behaves on the wire: asks, works, says what it did.
struct test_worker {
  std::string id;
  milliseconds takes{20};
  /// Fails at everything.
  bool errs = false;
  bool alive = true;
  std::size_t want = 4;
  // What it has, and what it will say with its next question.
  std::vector<std::int64_t> has;
  milliseconds busy{0};
  std::vector<routing::finished_job> done;
  std::function<std::optional<std::string>()> answer;
  std::size_t jobs = 0;
  std::size_t trials = 0;
};

/// Cameras and vision workers in a whole node under virtual time.
class router_fixture : public node_tree_fixture {
protected:
  void SetUp() override {
    world.mappers = test::plain_mappers({"jab", "hook"});
    node_tree_fixture::SetUp();
    auto ear = track(sys->spawn(listen, heard));
    services->names.bind("bout/b1/harmonizer",
                         caf::actor_cast<caf::actor>(ear));
  }

  template <class Handle, class T>
  std::string tell(const std::string& name, T what) {
    auto slot = send_request<text_answer>(services->names.open<Handle>(name),
                                          std::move(what));
    settle();
    return *slot && **slot ? text(***slot) : "none";
  }

  static std::string text(const text_answer& x) {
    const auto* good = std::get_if<std::string>(&x.outcome);
    return good != nullptr
             ? *good
             : std::string{to_string(std::get<error>(x.outcome).code)};
  }

  std::string create(intake::source_fact f) {
    f.name = "one";
    f.mapping = "ringside";
    auto answer = tell<protocol::sources_actor>(
      "vision/sources", protocol::create_source{admin, f});
    auto parsed = json::parse(answer);
    return parsed ? *parsed->find("source_id")->as_string() : answer;
  }

  std::string add_camera() {
    intake::source_fact f;
    f.workers = true;
    f.rate_hz = 50;
    f.bout = bout_id{"b1"};
    cameras.push_back(create(f));
    return cameras.back();
  }

  test_worker& add_worker() {
    intake::source_fact f;
    f.kind = intake::source_kind::worker;
    test_worker w;
    w.id = create(f);
    return workers.emplace(w.id, std::move(w)).first->second;
  }

  mono_us now() {
    return test_time.at(sched->clock().now());
  }

  /// One picture of a camera. False: the camera is to wait.
  std::string send(const std::string& camera) {
    auto seq = sent[camera] + 1;
    json::array items{json::object{{"picture", std::to_string(seq)}}};
    auto answer = tell<protocol::source_actor>(
      "source/" + camera,
      protocol::send_detections{
        "a9",
        {seq,
         std::make_shared<const json::array>(std::move(items)),
         now(),
         {}}});
    if (has(answer, R"("queued":1)"))
      ++sent[camera];
    return answer;
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }

  // -- workers ----------------------------------------------------------------

  void ask(test_worker& w) {
    protocol::get_work what;
    what.account = "a9";
    what.want = w.want;
    what.done = w.done;
    what.arrived = now();
    auto slot = send_request<text_answer>(
      services->names.open<protocol::worked_source_actor>("source/" + w.id),
      std::move(what));
    auto until = sched->clock().now() + seconds{2};
    w.answer = [this, slot, until]() -> std::optional<std::string> {
      if (*slot)
        return **slot ? text(***slot) : "none";
      // As a client that waits for two seconds at most.
      if (sched->clock().now() >= until)
        return "none";
      return std::nullopt;
    };
  }

  void took(test_worker& w, const std::string& answer) {
    auto parsed = json::parse(answer, {1 << 20, 16});
    if (!parsed)
      return;
    // It was heard; else it is said again.
    w.done.clear();
    for (const auto& j : *parsed->find("jobs")->as_array()) {
      w.has.push_back(*j.find("job")->as_int());
      ++(j.find("trial") != nullptr ? w.trials : w.jobs);
    }
    w.busy = w.takes * static_cast<int>(w.has.size());
  }

  void work(test_worker& w, milliseconds step) {
    if (!w.alive)
      return;
    if (w.answer) {
      auto said = w.answer();
      if (!said)
        return;
      w.answer = nullptr;
      took(w, *said);
    }
    w.busy = std::max(w.busy - step, milliseconds{0});
    if (w.busy > milliseconds{0})
      return;
    for (auto job : w.has)
      w.done.push_back(seen(w, job));
    w.has.clear();
    ask(w);
  }

  routing::finished_job seen(const test_worker& w, std::int64_t job) {
    routing::finished_job f;
    f.id = static_cast<std::uint64_t>(job);
    if (w.errs) {
      f.error = "no model";
      return f;
    }
    // Jobs of one camera may be every fourth one, say.
    json::array items{json::object{{"kind", job / 3 % 2 == 0 ? "jab" : "hook"},
                                   {"at_us", now().count - 30'000}}};
    f.items = std::make_shared<const json::array>(std::move(items));
    return f;
  }

  void pass(milliseconds time) {
    constexpr milliseconds step{10};
    for (; time > milliseconds{0}; time -= step) {
      advance(step);
      for (auto& [name, w] : workers)
        work(w, step);
    }
  }

  /// Every camera sends `n` pictures, one each 200 ms or so.
  void film(int n) {
    for (int i = 0; i < n; ++i) {
      for (const auto& camera : cameras)
        send(camera);
      pass(milliseconds{100});
    }
  }

  void kill(const std::string& name) {
    caf::anon_send_exit(services->names.open(name), caf::exit_reason::kill);
  }

  // -- what came of it --------------------------------------------------------

  /// Every picture was looked at, once, and each camera's in its order.
  void expect_all_in_order() {
    for (const auto& camera : cameras) {
      std::vector<std::uint64_t> all;
      for (std::uint64_t n = 1; n <= sent[camera]; ++n)
        all.push_back(n);
      EXPECT_EQ((*heard)[camera], all) << camera << "\n" << routing_view();
    }
  }

  std::string routing_view() {
    return tell<protocol::router_actor>("vision/router",
                                        protocol::get_routing{});
  }

  std::int64_t total(const std::string& name) {
    auto view = json::parse(routing_view(), {1 << 20, 16});
    return view ? *view->find("totals")->find(name)->as_int() : -1;
  }

  /// A word about one worker.
  std::string of(const std::string& worker, const std::string& what) {
    auto view = json::parse(routing_view(), {1 << 20, 16});
    for (const auto& w : *view->find("workers")->as_array())
      if (*w.find("source_id")->as_string() == worker) {
        const auto* v = w.find(what);
        return v->as_string() != nullptr ? *v->as_string()
                                         : std::to_string(*v->as_int());
      }
    return "none";
  }

  std::string status(const std::string& source) {
    return tell<protocol::sources_actor>("vision/sources",
                                         protocol::get_source{source});
  }

  const issuer admin{role::admin, "a1"};
  timeline test_time = world.make(sched->clock().now())->time;
  std::shared_ptr<heard_reports> heard = std::make_shared<heard_reports>();
  std::vector<std::string> cameras;
  std::map<std::string, std::uint64_t> sent;
  std::map<std::string, test_worker> workers;
};

} // namespace ringside::test
