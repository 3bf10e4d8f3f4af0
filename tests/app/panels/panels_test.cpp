#include "app/demo/demo.hpp"
#include "net/client/http_client.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <regex>
#include <thread>

#include <csignal>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace ringside {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

bool on_path(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str())
         == 0;
}

/// A headless Chromium, driven through chromedriver.
class browser {
public:
  browser() {
    std::array<int, 2> out{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0)
      return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::setpgid(0, 0);
      ::dup2(out[1], STDOUT_FILENO);
      ::execlp("chromedriver", "chromedriver", "--port=0", nullptr);
      ::_exit(127);
    }
    ::close(out[1]);
    read_port(out[0]);
    if (where_.port != 0)
      open_session();
  }

  ~browser() {
    if (!session_.empty())
      (void)http().send("DELETE", "/session/" + session_);
    if (pid_ > 0) {
      ::kill(-pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    if (output_ != nullptr)
      std::fclose(output_);
  }

  bool ready() const {
    return !session_.empty();
  }

  void open(const std::string& url) {
    call("/url", {{"url", url}});
  }

  std::string text() {
    auto answer
      = call("/execute/sync", {{"script", "return document.body.innerText"},
                               {"args", json::array()}});
    return answer.is_string() ? answer.get<std::string>() : answer.dump();
  }

  /// Waits until the page shows something like `wanted`.
  testing::AssertionResult shows(const std::string& wanted,
                                 std::chrono::seconds most = 15s) {
    std::string last;
    auto end = std::chrono::steady_clock::now() + most;
    while (std::chrono::steady_clock::now() < end) {
      last = text();
      if (std::regex_search(last, std::regex{wanted}))
        return testing::AssertionSuccess();
      std::this_thread::sleep_for(200ms);
    }
    return testing::AssertionFailure() << "no '" << wanted << "' on the page:\n"
                                       << last;
  }

private:
  /// chromedriver says which port it found.
  void read_port(int fd) {
    output_ = ::fdopen(fd, "r");
    std::array<char, 512> line{};
    std::smatch found;
    while (std::fgets(line.data(), line.size(), output_) != nullptr) {
      std::string text{line.data()};
      if (std::regex_search(text, found,
                            std::regex{"successfully on port ([0-9]+)"})) {
        where_.port = static_cast<std::uint16_t>(std::stoi(found[1]));
        return;
      }
    }
  }

  void open_session() {
    auto args = {"--headless=new", "--no-sandbox", "--disable-gpu",
                 "--no-first-run", "--disable-background-networking"};
    json options{{"args", args}};
    json wanted{{"alwaysMatch", {{"goog:chromeOptions", options}}}};
    auto answer
      = http().post("/session", json{{"capabilities", wanted}}.dump());
    ASSERT_TRUE(answer) << answer.reason().detail;
    auto body = json::parse(answer->body);
    if (answer->status == 200)
      session_ = body["value"]["sessionId"];
    else
      ADD_FAILURE() << answer->body;
  }

  json call(const std::string& path, const json& body) {
    auto answer = http().post("/session/" + session_ + path, body.dump());
    if (!answer)
      return answer.reason().detail;
    return json::parse(answer->body)["value"];
  }

  net::http_client http() const {
    auto patient = where_;
    patient.timeout = 30s;
    return net::http_client{patient};
  }

  net::client_options where_;
  std::string session_;
  pid_t pid_ = 0;
  std::FILE* output_ = nullptr;
};

} // namespace

TEST(panels, the_plain_page_shows_a_bout_and_finds_back_to_a_node) {
  if (!on_path("chromedriver") || !on_path("chromium"))
    GTEST_SKIP() << "no chromium and chromedriver; ./test installs them";
  browser page;
  ASSERT_TRUE(page.ready());
  test::temporary_directory dir;
  std::uint16_t port = 0;
  auto start = [&] {
    auto config = config::default_node_config();
    config.data = dir.path() / "node";
    config.port = port;
    config.judge_rate = config.operator_rate = {100'000, 100'000};
    return node::start(config, {});
  };
  auto show = [](node& n, double speed, int bouts) {
    officials::place where;
    where.port = n.port();
    demo::demo_options options;
    options.speed = speed;
    options.bouts = bouts;
    return std::make_unique<demo::demo>(
      where,
      [&n](const std::string& name, role who) {
        return n.make_token(name, who);
      },
      options, log_sink{});
  };
  auto first = start();
  ASSERT_TRUE(first) << first.reason().detail;
  port = (*first)->port();
  auto slow = show(**first, 1, 0);
  page.open((*first)->url() + "/");
  EXPECT_TRUE(page.shows("[A-Z][a-z]+ [A-Z][a-z]+ \\(Demo\\)"));
  EXPECT_TRUE(page.shows("Round 1 of 3"));
  // The clock counts down the minute that the round lasts, not five.
  EXPECT_TRUE(page.shows("\\b0:[0-5][0-9]\\b"));
  EXPECT_TRUE(page.shows("[1-9][0-9]* of [1-9][0-9]*\tSignificant strikes"));
  EXPECT_TRUE(page.shows("Hidden until they are released"));
  EXPECT_TRUE(page.shows("ringside.example/audit/main"));

  slow.reset();
  (*first)->stop();
  EXPECT_TRUE(page.shows("no connection"));
  auto second = start();
  ASSERT_TRUE(second) << second.reason().detail;
  auto fast = show(**second, 60, 1);
  EXPECT_TRUE(page.shows("live"));
  EXPECT_TRUE(page.shows("wins: |No winner: ", 40s));
  EXPECT_TRUE(page.shows("published"));
}

} // namespace ringside
