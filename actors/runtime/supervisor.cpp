#include "actors/runtime/supervisor.hpp"

#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/supervisor_state.hpp"

#include <utility>

#include <caf/all.hpp>

namespace ringside {

namespace {

/// Replaces the parts of `harden` that a supervisor does differently.
void install_handlers(supervisor_actor* self, const services_ptr& services,
                      const std::string& name) {
  harden(self, services->log, name);
  self->set_down_handler([self](caf::scheduled_actor*, caf::down_msg& msg) {
    self->state.on_down(msg);
  });
  self->set_exit_handler([self](caf::scheduled_actor*, caf::exit_msg& msg) {
    if (msg.reason)
      self->state.stop_all(std::move(msg.reason));
  });
  // A kill skips the exit handler; the children must not live on as orphans.
  self->attach_functor([living = self->state.living] {
    for (auto& [id, child] : *living)
      caf::anon_send_exit(child, caf::exit_reason::kill);
    living->clear();
  });
}

caf::behavior supervise(supervisor_actor* self, const services_ptr& services,
                        const supervisor_spec& spec) {
  install_handlers(self, services, spec.name);
  auto& st = self->state;
  st.init(services, spec);
  return {
    [&st](const get_ready&) { return st.when_ready(); },
    [&st](const get_status&) { return st.status(); },
    [&st](const add_child& x) { return st.add(x.spec); },
    [&st](const remove_child& x) { return st.remove(x.name); },
    [&st](const restart_child& x) { return st.restart(x.name); },
    [&st](const supervisor_timer& x) { st.on_timer(x); },
  };
}

} // namespace

caf::actor spawn_supervisor(services_ptr services, supervisor_spec spec) {
  auto& system = services->system;
  return system.spawn(supervise, std::move(services), std::move(spec));
}

child_spec supervisor_child(supervisor_spec spec,
                            std::chrono::milliseconds ready_timeout,
                            std::chrono::milliseconds shutdown_timeout) {
  child_spec child;
  child.name = spec.name;
  child.kind = child_kind::supervisor;
  child.ready_timeout = ready_timeout;
  child.shutdown_timeout = shutdown_timeout;
  child.spawn = [spec = std::move(spec)](const child_context& context) {
    return spawn_supervisor(context.services, spec);
  };
  return child;
}

caf::actor spawn_root(const services_ptr& services, supervisor_spec spec) {
  auto name = spec.name;
  auto root = spawn_supervisor(services, std::move(spec));
  if (auto* target
      = dynamic_cast<probed*>(caf::actor_cast<caf::abstract_actor*>(root)))
    target->adopt_probe(services->probes.open(name));
  services->names.bind(name, root);
  return root;
}

} // namespace ringside
