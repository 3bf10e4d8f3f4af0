#include "actors/runtime/shutdown.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>

#include <caf/all.hpp>

namespace ringside {

// -- latch --------------------------------------------------------------------

struct down_latch::shared {
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::map<caf::actor_id, std::string> open;
};

std::shared_ptr<down_latch::shared> down_latch::make() {
  return std::make_shared<shared>();
}

void down_latch::watch(const caf::actor& who, std::string name) {
  auto id = who->id();
  {
    std::lock_guard guard{data_->mutex};
    data_->open.emplace(id, std::move(name));
  }
  who->attach_functor([data = data_, id] {
    std::lock_guard guard{data->mutex};
    data->open.erase(id);
    data->changed.notify_all();
  });
}

bool down_latch::wait_for(std::chrono::milliseconds timeout) {
  std::unique_lock guard{data_->mutex};
  return data_->changed.wait_for(guard, timeout,
                                 [&] { return data_->open.empty(); });
}

std::vector<std::string> down_latch::remaining() const {
  std::lock_guard guard{data_->mutex};
  std::vector<std::string> result;
  for (auto& [id, name] : data_->open)
    result.push_back(name);
  return result;
}

// -- shutdown -----------------------------------------------------------------

namespace {

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (auto& name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Exit, wait, kill, wait.
shutdown_result end_group(const std::vector<last_actor>& group,
                          const shutdown_options& options) {
  auto wait = [&](down_latch& latch, std::chrono::milliseconds timeout) {
    return options.wait ? options.wait(latch, timeout)
                        : latch.wait_for(timeout);
  };
  down_latch latch;
  for (auto& [name, handle] : group)
    latch.watch(handle, name);
  for (auto& [name, handle] : group)
    caf::anon_send_exit(handle, caf::exit_reason::user_shutdown);
  if (wait(latch, options.grace))
    return shutdown_result::orderly;
  log_to(options.log, severity::warning, "shutdown",
         "killing " + join(latch.remaining()));
  for (auto& [name, handle] : group)
    caf::anon_send_exit(handle, caf::exit_reason::kill);
  if (wait(latch, options.kill_grace))
    return shutdown_result::killed;
  auto names = latch.remaining();
  log_to(options.log, severity::alarm, "shutdown", "stuck: " + join(names));
  if (!options.on_stuck)
    std::abort();
  options.on_stuck(names);
  return shutdown_result::stuck;
}

} // namespace

shutdown_result shut_down(const caf::actor& root, const std::string& name,
                          const shutdown_options& options) {
  auto result = end_group({{name, root}}, options);
  if (options.afterwards.empty())
    return result;
  return std::max(result, end_group(options.afterwards, options));
}

} // namespace ringside
