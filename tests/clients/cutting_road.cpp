#include "tests/clients/cutting_road.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace ringside::test {

namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in a{};
  a.sin_family = AF_INET;
  a.sin_port = htons(port);
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return a;
}

const sockaddr* plain(const sockaddr_in& a) {
  return reinterpret_cast<const sockaddr*>(&a);
}

int count(const std::string& text, const std::string& what) {
  int n = 0;
  for (auto at = text.find(what); at != std::string::npos;
       at = text.find(what, at + 1))
    ++n;
  return n;
}

} // namespace

struct cutting_road::parts {
  struct pair {
    int client;
    int server;
  };

  std::uint16_t to = 0;
  int nth = 0;
  int cuts_max = 0;
  int listener = -1;
  std::uint16_t port = 0;
  int answers = 0;
  std::atomic<int> cuts{0};
  std::atomic<bool> stop{false};
  std::vector<pair> pairs;
  std::thread worker;

  void accept_one() {
    int client = ::accept(listener, nullptr, nullptr);
    int server = ::socket(AF_INET, SOCK_STREAM, 0);
    auto where = loopback(to);
    if (client >= 0 && ::connect(server, plain(where), sizeof where) == 0)
      return pairs.push_back({client, server});
    ::close(client);
    ::close(server);
  }

  /// False if the connection is over, or cut here.
  bool pass(int from, int on, bool answers_too) {
    char buffer[65'536];
    auto n = ::recv(from, buffer, sizeof buffer, 0);
    if (n <= 0)
      return false;
    std::string bytes{buffer, static_cast<std::size_t>(n)};
    if (answers_too && cuts < cuts_max) {
      answers += count(bytes, R"("op":"accepted")");
      if (answers >= nth) {
        answers = 0;
        ++cuts;
        return false;
      }
    }
    return ::send(on, bytes.data(), bytes.size(), MSG_NOSIGNAL) == n;
  }

  void run() {
    while (!stop) {
      std::vector<pollfd> all{{listener, POLLIN, 0}};
      for (const auto& p : pairs) {
        all.push_back({p.client, POLLIN, 0});
        all.push_back({p.server, POLLIN, 0});
      }
      ::poll(all.data(), all.size(), 20);
      std::vector<pair> left;
      for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto& p = pairs[i];
        auto good = true;
        if (all[1 + 2 * i].revents != 0)
          good = pass(p.client, p.server, false);
        if (good && all[2 + 2 * i].revents != 0)
          good = pass(p.server, p.client, true);
        if (good) {
          left.push_back(p);
          continue;
        }
        ::close(p.client);
        ::close(p.server);
      }
      pairs = std::move(left);
      if (all[0].revents != 0)
        accept_one();
    }
  }
};

cutting_road::cutting_road(std::uint16_t to, int nth, int cuts)
  : parts_(std::make_unique<parts>()) {
  auto& p = *parts_;
  p.to = to;
  p.nth = nth;
  p.cuts_max = cuts;
  p.listener = ::socket(AF_INET, SOCK_STREAM, 0);
  auto here = loopback(0);
  socklen_t size = sizeof here;
  if (::bind(p.listener, plain(here), sizeof here) != 0
      || ::listen(p.listener, 16) != 0
      || ::getsockname(p.listener, reinterpret_cast<sockaddr*>(&here), &size)
           != 0)
    throw std::runtime_error{"no port for the relay"};
  p.port = ntohs(here.sin_port);
  p.worker = std::thread{[&p] { p.run(); }};
}

cutting_road::~cutting_road() {
  parts_->stop = true;
  parts_->worker.join();
  ::close(parts_->listener);
  for (const auto& p : parts_->pairs) {
    ::close(p.client);
    ::close(p.server);
  }
}

std::uint16_t cutting_road::port() const noexcept {
  return parts_->port;
}

int cutting_road::cuts() const noexcept {
  return parts_->cuts;
}

} // namespace ringside::test
