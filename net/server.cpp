#include "net/server.hpp"

#include "domain/base/check.hpp"
#include "net/listener.hpp"
#include "net/tls.hpp"

#include <chrono>
#include <future>
#include <set>
#include <thread>
#include <utility>

namespace ringside::net {

namespace {

host_check make_host_check(const server_options& o) {
  std::set<std::string, std::less<>> names{"localhost", "127.0.0.1", "::1"};
  for (const auto& name : o.hosts)
    names.insert(host_name(name));
  names.insert(o.address);
  names.erase("");
  std::set<std::string, std::less<>> origins{o.origins.begin(),
                                             o.origins.end()};
  return {std::move(names), std::move(origins), o.tls.has_value()};
}

} // namespace

struct server::parts {
  parts(services_ptr services, std::shared_ptr<const identity_source> who,
        server_options o)
    : ctx(std::move(o), make_host_check(o), std::move(who),
          std::move(services)),
      book(ctx.options.limits.connections,
           ctx.options.limits.connections_per_address) {
    // nop
  }

  /// What exists while it runs.
  struct running {
    running(net_context& ctx, connection_book& book,
            std::shared_ptr<ssl::context> tls)
      : ingest(ctx, "feed/ingest"), fan_out(ctx, "feed/fan_out"),
        http(ctx, ingest), at{ctx,
                              ingest,
                              fan_out,
                              http,
                              {},
                              {},
                              std::to_string(ctx.options.wall_clock().count
                                             / 1'000'000)},
        door(at, book, std::move(tls)) {
      // nop
    }

    /// Binds first: a server that cannot listen must not touch the directory.
    result<unit> start() {
      auto ok = door.open();
      if (!ok)
        return ok;
      ingest.start();
      fan_out.start();
      door.start();
      return ok;
    }

    lane ingest;
    lane fan_out;
    api http;
    site at;
    listener door;
  };

  bool wait_until_empty(std::chrono::milliseconds time) const {
    auto end = std::chrono::steady_clock::now() + time;
    while (book.open() > 0) {
      if (std::chrono::steady_clock::now() >= end)
        return false;
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return true;
  }

  net_context ctx;
  connection_book book;
  std::unique_ptr<running> now;
  std::uint16_t port = 0;
};

server::server(services_ptr services,
               std::shared_ptr<const identity_source> who,
               server_options options) {
  RINGSIDE_CHECK(options.clock && options.wall_clock && who && services);
  parts_ = std::make_unique<parts>(std::move(services), std::move(who),
                                   std::move(options));
}

server::~server() {
  stop();
}

result<unit> server::start() {
  RINGSIDE_CHECK(!parts_->now);
  std::shared_ptr<ssl::context> tls;
  if (const auto& files = parts_->ctx.options.tls) {
    auto made = make_tls(*files);
    if (!made)
      return made.reason();
    tls = std::move(*made);
  }
  auto now = std::make_unique<parts::running>(parts_->ctx, parts_->book,
                                              std::move(tls));
  auto ok = now->start();
  if (!ok)
    return ok;
  parts_->port = now->door.port();
  parts_->now = std::move(now);
  return unit{};
}

void server::stop() {
  auto& p = *parts_;
  if (!p.now)
    return;
  auto& r = *p.now;
  r.at.stopping = true;
  std::promise<void> closed;
  asio::post(r.ingest.io(), [&] {
    r.door.close();
    closed.set_value();
  });
  closed.get_future().wait();
  r.ingest.end_connections(false);
  r.fan_out.end_connections(false);
  if (!p.wait_until_empty(p.ctx.options.limits.stop_grace)) {
    r.ingest.end_connections(true);
    r.fan_out.end_connections(true);
    p.wait_until_empty(std::chrono::seconds{1});
  }
  r.fan_out.stop();
  r.ingest.stop();
  p.now.reset();
}

std::uint16_t server::port() const noexcept {
  return parts_->port;
}

const net_counters& server::counters() const noexcept {
  return parts_->ctx.counters;
}

} // namespace ringside::net
