#include "actors/runtime/directory.hpp"

#include "actors/runtime/stable_ref.hpp"
#include "domain/base/check.hpp"
#include "domain/base/strong_id.hpp"

#include <mutex>
#include <utility>

#include <caf/all.hpp>

namespace ringside {

namespace {

stable_ref& ref_of(const caf::strong_actor_ptr& ptr) {
  return *static_cast<stable_ref*>(ptr->get());
}

} // namespace

bool valid_actor_name(std::string_view name) noexcept {
  for (;;) {
    auto end = name.find('/');
    if (!valid_id_text(name.substr(0, end)))
      return false;
    if (end == std::string_view::npos)
      return true;
    name.remove_prefix(end + 1);
  }
}

directory::directory(caf::actor_system& system, log_sink log)
  : system_(system), log_(std::move(log)) {
  // nop
}

directory::~directory() {
  // nop
}

// -- lookup -------------------------------------------------------------------

caf::strong_actor_ptr directory::find(const std::string& name) const {
  std::shared_lock guard{mutex_};
  auto i = names_.find(name);
  return i != names_.end() ? i->second : nullptr;
}

caf::strong_actor_ptr directory::find_or_make(const std::string& name) {
  if (auto known = find(name))
    return known;
  RINGSIDE_CHECK(valid_actor_name(name));
  std::unique_lock guard{mutex_};
  auto& entry = names_[name];
  if (!entry) {
    caf::actor_config cfg;
    entry = caf::actor_cast<caf::strong_actor_ptr>(
      caf::make_actor<stable_ref, caf::actor>(
        system_.next_actor_id(), system_.node(), &system_, cfg, name, log_));
  }
  return entry;
}

std::vector<std::string> directory::list(std::string_view prefix) const {
  std::vector<std::string> result;
  std::shared_lock guard{mutex_};
  for (auto i = names_.lower_bound(prefix);
       i != names_.end() && i->first.compare(0, prefix.size(), prefix) == 0;
       ++i)
    result.push_back(i->first);
  return result;
}

// -- by supervisors -----------------------------------------------------------

void directory::bind(const std::string& name, const caf::actor& target) {
  auto entry = find_or_make(name);
  ref_of(entry).bind(caf::actor_cast<caf::strong_actor_ptr>(target));
}

void directory::hold(const std::string& name) {
  auto entry = find_or_make(name);
  ref_of(entry).hold();
}

void directory::refuse(const std::string& name) {
  if (auto entry = find(name))
    ref_of(entry).refuse();
}

void directory::remove(const std::string& name) {
  caf::strong_actor_ptr entry;
  {
    std::unique_lock guard{mutex_};
    auto i = names_.find(name);
    if (i == names_.end())
      return;
    entry = std::move(i->second);
    names_.erase(i);
  }
  ref_of(entry).retire();
}

stable_ref* directory::peek(const std::string& name) const {
  auto entry = find(name);
  return entry ? &ref_of(entry) : nullptr;
}

} // namespace ringside
