#include "tests/net/fake_actors.hpp"

#include "actors/protocol/bout_actors.hpp"
#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/ops_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "actors/runtime/harden.hpp"

#include <algorithm>
#include <thread>

#include <caf/all.hpp>

namespace ringside::net {

namespace {

using protocol::text_answer;

/// Binds `who` under `name` and keeps the fakes' first argument rule.
template <class Handle>
caf::actor put(const services_ptr& s, const std::string& name,
               const Handle& who) {
  auto plain = caf::actor_cast<caf::actor>(who);
  s->names.bind(name, plain);
  return plain;
}

/// The rule that every fake who takes commands follows.
void take_command(stage& at, const std::string& door,
                  const protocol::submit& x) {
  protocol::command_answer answer{x.tag, {}};
  {
    std::lock_guard guard{at.mutex};
    at.commands.push_back({door, x});
    at.changed.notify_all();
    if (at.swallow > 0) {
      --at.swallow;
      return;
    }
    if (at.refusal) {
      answer.outcome = *at.refusal;
    } else if (auto i = at.answered.find(x.command->id);
               i != at.answered.end()) {
      auto again = i->second;
      again.replayed = true;
      answer.outcome = again;
    } else {
      auto no = ++at.version;
      protocol::accepted done{
        x.bout.empty() ? bout_id{"b1"} : x.bout, no, no, no, 100 + no, false};
      at.answered.emplace(x.command->id, done);
      answer.outcome = done;
    }
  }
  caf::anon_send(x.to, answer);
}

void note(stage& at, std::string text) {
  std::lock_guard guard{at.mutex};
  at.questions.push_back(std::move(text));
  at.changed.notify_all();
}

protocol::seat_actor::behavior_type
door_behavior(protocol::seat_actor::pointer self, stage_ptr at,
              std::string name) {
  harden(self, {}, name);
  return {
    [](const protocol::hub_started&) {
      // nop
    },
    [=](const protocol::submit& x) { take_command(*at, name, x); },
    [=](const protocol::contact& x) {
      std::lock_guard guard{at->mutex};
      at->contacts.push_back({name, x});
      at->changed.notify_all();
    },
    [=](const protocol::get_presence&) {
      return protocol::presence{name, {}};
    },
  };
}

protocol::bout_actor::behavior_type
bout_behavior(protocol::bout_actor::pointer self, stage_ptr at,
              std::string name) {
  harden(self, {}, name);
  return {
    [=](const protocol::submit& x) { take_command(*at, name, x); },
    [=](const protocol::get_bout& x) {
      std::lock_guard guard{at->mutex};
      at->last_audience = std::to_string(static_cast<int>(x.audience.who)) + "/"
                          + std::to_string(x.audience.seat);
      at->questions.push_back(name + " part "
                              + std::to_string(static_cast<int>(x.part)));
      at->changed.notify_all();
      return text_answer{at->bout_text};
    },
    [=](const protocol::get_bout_events& x) {
      note(*at, name + " events " + std::to_string(x.after_version) + " "
                  + std::to_string(x.limit));
      return text_answer{std::string{"{\"events\":[]}"}};
    },
  };
}

protocol::bouts_actor::behavior_type
bouts_behavior(protocol::bouts_actor::pointer self, stage_ptr at,
               services_ptr s) {
  harden(self, {}, "bouts");
  return {
    [](const protocol::hub_started&) {
      // nop
    },
    [=](const protocol::submit& x) { take_command(*at, "bouts", x); },
    [](const protocol::bout_changed&) {
      // nop
    },
    [=](const protocol::list_bouts& x) {
      note(*at, "list " + x.phase + "," + x.event + "," + x.after + ","
                  + std::to_string(x.limit));
      return text_answer{std::string{"{\"bouts\":[]}"}};
    },
    [=](const protocol::wake_bout& x) -> text_answer {
      note(*at, "wake " + x.bout.str());
      {
        std::lock_guard guard{at->mutex};
        if (std::find(at->resting.begin(), at->resting.end(), x.bout.str())
            == at->resting.end())
          return {refuse(ec::not_found, "there is no such bout")};
      }
      auto base = "bout/" + x.bout.str();
      spawn_fake_bout(s, at, base + "/bout");
      spawn_fake_door(s, at, base + "/desk/supervisor");
      return {x.bout.str()};
    },
  };
}

using hub_with_publish = protocol::hub_actor::extend<caf::reacts_to<publish>>;

struct fake_hub_state {
  struct stream {
    std::uint64_t seq = 0;
    std::vector<protocol::feed_sink> followers;
    std::deque<std::pair<std::uint64_t, protocol::frame_text>> window;
  };
  std::map<protocol::stream_key, stream> streams;
  std::uint64_t first_seq = 0;

  stream& of(const protocol::stream_key& key) {
    auto [i, fresh] = streams.try_emplace(key);
    if (fresh)
      i->second.seq = first_seq;
    return i->second;
  }
};

using hub_pointer = hub_with_publish::stateful_pointer<fake_hub_state>;

protocol::frame_text frame_of(const char* op, const protocol::stream_key& key,
                              std::uint64_t seq, std::size_t padding) {
  auto text = std::string{"{\"op\":\""} + op + "\",\"pad\":\""
              + std::string(padding, 'x')
              + "\",\"seat\":" + std::to_string(key.audience.seat)
              + ",\"seq\":" + std::to_string(seq) + ",\"topic\":\"" + key.topic
              + "\",\"who\":"
              + std::to_string(static_cast<int>(key.audience.who)) + "}";
  return std::make_shared<const std::string>(std::move(text));
}

void publish_all(hub_pointer self, const publish& x) {
  for (auto& [key, s] : self->state.streams) {
    if (key.topic != x.topic)
      continue;
    for (std::size_t i = 0; i < x.count; ++i) {
      auto frame = frame_of("delta", key, ++s.seq, x.padding);
      s.window.emplace_back(s.seq, frame);
      if (s.window.size() > 8)
        s.window.pop_front();
      for (const auto& sink : s.followers)
        self->send(sink, protocol::feed_delta{key, s.seq, frame});
    }
  }
}

protocol::join_answer start_of(fake_hub_state& st, const protocol::join& x) {
  auto& s = st.of(x.stream);
  protocol::joined start;
  start.seq = s.seq;
  if (x.after && *x.after <= s.seq && *x.after + s.window.size() >= s.seq) {
    for (const auto& [seq, frame] : s.window)
      if (seq > *x.after)
        start.frames.push_back(frame);
  } else {
    start.frames.push_back(frame_of("snapshot", x.stream, s.seq, 0));
  }
  return {x.stream, start};
}

hub_with_publish::behavior_type hub_behavior(hub_pointer self, stage_ptr at,
                                             services_ptr s,
                                             std::uint64_t first_seq) {
  harden(self, {}, "node/hub");
  self->state.first_seq = first_seq;
  for (const auto& feed : s->names.list("feed/"))
    self->send(s->names.open<protocol::feed_sink>(feed),
               protocol::feed_reset{});
  return {
    [](const protocol::bout_news&) {
      // nop
    },
    [](const protocol::set_topic&) {
      // nop
    },
    [=](const protocol::follow& x) {
      auto& list = self->state.of(x.stream).followers;
      if (std::find(list.begin(), list.end(), x.sink) == list.end())
        list.push_back(x.sink);
      std::lock_guard guard{at->mutex};
      at->follows.push_back(x.stream);
      at->changed.notify_all();
    },
    [=](const protocol::unfollow& x) {
      std::erase(self->state.of(x.stream).followers, x.sink);
      std::lock_guard guard{at->mutex};
      at->unfollows.push_back(x.stream);
      at->changed.notify_all();
    },
    [=](const protocol::join& x) {
      int delay = 0;
      {
        std::lock_guard guard{at->mutex};
        ++at->joins;
        delay = at->join_delay_ms;
        at->changed.notify_all();
      }
      if (delay > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds{delay});
      return start_of(self->state, x);
    },
    [](const protocol::feed_took&) {
      // nop
    },
    [=](const publish& x) { publish_all(self, x); },
  };
}

text_answer account_text(stage& at, const issuer& by, const std::string& what) {
  note(at, to_string(by) + " " + what);
  return {"{\"done\":\"" + what.substr(0, what.find(' ')) + "\"}"};
}

protocol::accounts_actor::behavior_type
accounts_behavior(protocol::accounts_actor::pointer self, stage_ptr at, int) {
  harden(self, {}, "node/accounts");
  return {
    [=](const protocol::create_account& x) {
      return account_text(*at, x.by, "create " + x.name);
    },
    [=](const protocol::issue_token& x) {
      return account_text(*at, x.by,
                          "issue " + x.account + " " + std::to_string(x.ttl_s));
    },
    [=](const protocol::revoke_tokens& x) {
      return account_text(*at, x.by, "revoke " + x.account);
    },
    [=](const protocol::set_role& x) {
      return account_text(
        *at, x.by, "role " + x.account + " " + std::string{text_of(x.role)});
    },
    [=](const protocol::list_accounts&) {
      return account_text(*at, {}, "list");
    },
    [=](const protocol::claim_admin& x) -> text_answer {
      if (x.code != "right")
        return {refuse(ec::forbidden, "the code is wrong")};
      return account_text(*at, {}, "claim " + x.name);
    },
  };
}

protocol::audit_actor::behavior_type
audit_behavior(protocol::audit_actor::pointer self, stage_ptr at, int) {
  harden(self, {}, "node/audit");
  auto text = [=](std::string what) {
    note(*at, what);
    return text_answer{std::move(what)};
  };
  return {
    [](const protocol::hub_started&) {
      // nop
    },
    [](const protocol::leaves_committed&) {
      // nop
    },
    [=](const protocol::get_checkpoint&) { return text("checkpoint"); },
    [=](const protocol::get_inclusion& x) {
      return text("inclusion " + std::to_string(x.index) + " "
                  + std::to_string(x.size));
    },
    [=](const protocol::get_consistency& x) {
      return text("consistency " + std::to_string(x.from) + " "
                  + std::to_string(x.to));
    },
    [=](const protocol::get_tile& x) {
      return text("tile " + std::to_string(x.level) + " "
                  + std::to_string(x.index) + " " + std::to_string(x.width));
    },
    [](const protocol::get_proofs&) {
      return protocol::proofs_answer{refuse(ec::unavailable, "none here")};
    },
  };
}

protocol::evidence_actor::behavior_type
evidence_behavior(protocol::evidence_actor::pointer self, stage_ptr at, int) {
  harden(self, {}, "node/evidence");
  return {
    [=](const protocol::get_bundle& x) {
      note(*at, "bundle " + x.bout.str());
      return protocol::bundle_answer{
        std::make_shared<const std::string>("PK of " + x.bout.str())};
    },
  };
}

protocol::health_actor::behavior_type
health_behavior(protocol::health_actor::pointer self, stage_ptr at, int) {
  harden(self, {}, "node/health");
  return {
    [](const protocol::hub_started&) {
      // nop
    },
    [](const protocol::report_health&) {
      // nop
    },
    [=](const protocol::get_health&) {
      std::lock_guard guard{at->mutex};
      auto level = at->refusal ? protocol::health_level::failed
                               : protocol::health_level::ok;
      return protocol::health_view{!at->refusal, {{"journal", level, "", 5}}};
    },
  };
}

/// Knows nothing and says so.
protocol::harmonizer_actor::behavior_type
harmonizer_behavior(protocol::harmonizer_actor::pointer self,
                    const std::string& name) {
  harden(self, {}, name);
  auto ignore = [](const auto&) {
    // nop
  };
  return {
    [=](const protocol::source_reports& x) { ignore(x); },
    [=](const protocol::source_beat& x) { ignore(x); },
    [=](const protocol::source_acts& x) { ignore(x); },
    [=](const protocol::bout_news& x) { ignore(x); },
    [](const protocol::get_fusion&) { return text_answer{"{}"}; },
    [](const protocol::get_fused&) { return text_answer{"{}"}; },
  };
}

using root_actor
  = caf::typed_actor<caf::replies_to<get_status>::with<actor_status>,
                     caf::replies_to<restart_child>::with<child_done>>;

root_actor::behavior_type root_behavior(root_actor::pointer self, stage_ptr at,
                                        int) {
  harden(self, {}, "node");
  return {
    [](const get_status&) {
      actor_status child;
      child.name = "node/hub";
      actor_status root;
      root.name = "node";
      root.supervisor = true;
      root.children.push_back(child);
      return root;
    },
    [=](const restart_child& x) {
      note(*at, "restart " + x.name);
      return child_done{x.name};
    },
  };
}

} // namespace

caf::actor spawn_fake_door(const services_ptr& s, const stage_ptr& at,
                           const std::string& name) {
  return put(s, name, s->system.spawn(door_behavior, at, name));
}

caf::actor spawn_fake_bout(const services_ptr& s, const stage_ptr& at,
                           const std::string& name) {
  return put(s, name, s->system.spawn(bout_behavior, at, name));
}

caf::actor spawn_fake_bouts(const services_ptr& s, const stage_ptr& at) {
  return put(s, "bouts", s->system.spawn(bouts_behavior, at, s));
}

caf::actor spawn_fake_hub(const services_ptr& s, const stage_ptr& at,
                          std::uint64_t first_seq) {
  auto hub
    = put(s, "node/hub", s->system.spawn(hub_behavior, at, s, first_seq));
  // `spawn` returns before the behaviour ran, and it resets feeds that are
  // there by then.
  caf::scoped_actor self{s->system};
  self->request(hub, caf::duration{std::chrono::seconds{10}}, get_ready{})
    .receive([](const is_ready&) {}, [](const caf::error&) {});
  return hub;
}

caf::actor spawn_fake_accounts(const services_ptr& s, const stage_ptr& at) {
  return put(s, "node/accounts", s->system.spawn(accounts_behavior, at, 0));
}

caf::actor spawn_fake_audit(const services_ptr& s, const stage_ptr& at) {
  return put(s, "node/audit", s->system.spawn(audit_behavior, at, 0));
}

caf::actor spawn_fake_evidence(const services_ptr& s, const stage_ptr& at) {
  return put(s, "node/evidence", s->system.spawn(evidence_behavior, at, 0));
}

caf::actor spawn_fake_health(const services_ptr& s, const stage_ptr& at) {
  return put(s, "node/health", s->system.spawn(health_behavior, at, 0));
}

caf::actor spawn_fake_harmonizer(const services_ptr& s,
                                 const std::string& name) {
  return put(s, name, s->system.spawn(harmonizer_behavior, name));
}

caf::actor spawn_fake_root(const services_ptr& s, const stage_ptr& at) {
  return put(s, "node", s->system.spawn(root_behavior, at, 0));
}

} // namespace ringside::net
