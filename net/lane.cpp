#include "net/lane.hpp"

#include "actors/runtime/shutdown.hpp"
#include "domain/base/check.hpp"

#include <utility>

#include <caf/all.hpp>

namespace ringside::net {

lane::lane(net_context& ctx, std::string name)
  : ctx_(ctx), name_(std::move(name)), work_(asio::make_work_guard(io_)),
    unit_(io_, ctx.services->system), timer_(io_) {
  // nop
}

lane::~lane() {
  stop();
}

void lane::start() {
  auto post
    = [this](std::function<void()> f) { asio::post(io_, std::move(f)); };
  auto typed = ctx_.services->system.spawn<gateway>(
    std::ref(unit_), std::ref(ctx_), name_, post);
  handle_ = caf::actor_cast<caf::actor>(typed);
  gateway_
    = dynamic_cast<gateway*>(caf::actor_cast<caf::abstract_actor*>(handle_));
  RINGSIDE_CHECK(gateway_ != nullptr);
  gateway_->adopt_probe(ctx_.services->probes.open(name_));
  ctx_.services->names.bind(name_, handle_);
  asio::post(io_, [this] { arm(); });
  thread_ = std::thread{[this] { io_.run(); }};
}

void lane::stop() {
  if (!thread_.joinable())
    return;
  asio::post(io_, [this] { timer_.cancel(); });
  ctx_.services->names.remove(name_);
  down_latch latch;
  latch.watch(handle_, name_);
  caf::anon_send_exit(handle_, caf::exit_reason::user_shutdown);
  latch.wait_for(std::chrono::seconds{5});
  work_.reset();
  io_.stop();
  thread_.join();
  gateway_ = nullptr;
  handle_ = nullptr;
}

void lane::add(const std::shared_ptr<connection>& c) {
  connections_[next_phase_++ % phases].push_back(c);
}

void lane::end_connections(bool at_once) {
  asio::post(io_, [this, at_once] {
    for (const auto& some : connections_)
      for (const auto& weak : std::vector{some})
        if (auto c = weak.lock())
          at_once ? c->abort() : c->shut();
  });
}

void lane::arm() {
  timer_.expires_after(ctx_.options.limits.heartbeat / phases);
  timer_.async_wait(beast::bind_front_handler(&lane::tick, this));
}

void lane::tick(error_code code) {
  if (code)
    return;
  gateway_->tick();
  auto& some = connections_[phase_++ % phases];
  std::erase_if(some, [](const auto& weak) { return weak.expired(); });
  for (const auto& weak : std::vector{some})
    if (auto c = weak.lock())
      c->beat();
  arm();
}

} // namespace ringside::net
