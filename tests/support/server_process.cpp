#include "tests/support/server_process.hpp"

#include "domain/audit/json.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

namespace ringside::test {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string read_text(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

int code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

using name_map = std::map<std::string, std::string>;

/// Starts the program with both outputs in `out`. The child begins with the
/// signal mask of a shell, whatever the test runner blocks.
pid_t spawn(const std::vector<std::string>& arguments, const fs::path& out,
            const name_map& environment) {
  auto program = ringside_program().string();
  std::vector<char*> argv{program.data()};
  std::vector<std::string> kept = arguments;
  for (auto& a : kept)
    argv.push_back(a.data());
  argv.push_back(nullptr);
  auto pid = ::fork();
  RINGSIDE_CHECK(pid >= 0);
  if (pid > 0)
    return pid;
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  int fd = ::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(fd, STDOUT_FILENO);
  ::dup2(fd, STDERR_FILENO);
  for (const auto& [key, value] : environment)
    ::setenv(key.c_str(), value.c_str(), 1);
  ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

std::optional<int> wait_for_end(pid_t pid, milliseconds patience) {
  auto end = steady_clock::now() + patience;
  for (;;) {
    int status = 0;
    if (::waitpid(pid, &status, WNOHANG) == pid)
      return code_of(status);
    if (steady_clock::now() >= end)
      return std::nullopt;
    std::this_thread::sleep_for(milliseconds{2});
  }
}

} // namespace

// -- files and programs -------------------------------------------------------

scratch_directory::scratch_directory() {
  auto pattern = (fs::temp_directory_path() / "ringside-crash-XXXXXX").string();
  RINGSIDE_CHECK(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

scratch_directory::~scratch_directory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path ringside_program() {
  return fs::path{RINGSIDE_BINARY_DIR} / "ringside";
}

run_outcome run_ringside(const std::vector<std::string>& arguments) {
  scratch_directory here;
  auto out = here.path() / "out";
  auto pid = spawn(arguments, out, {});
  auto code = wait_for_end(pid, milliseconds{60'000});
  if (!code) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
  return {code.value_or(-1), read_text(out)};
}

std::string add_person(const fs::path& data, const std::string& name,
                       const std::string& role) {
  auto done = run_ringside(
    {"admin", "add", name, "--role", role, "--data", data.string(), "--json"});
  auto answer = json::parse(done.text);
  const auto* token = answer ? answer->find("token") : nullptr;
  RINGSIDE_CHECK(token != nullptr && token->as_string() != nullptr);
  return *token->as_string();
}

fs::path test_config(const fs::path& data) {
  auto file = data;
  file += ".yaml";
  std::ofstream{file} << "listen: {port: 0}\n"
                         "limits:\n"
                         "  judge: {per_second: 1000000, burst: 1000000}\n"
                         "  operator: {per_second: 1000000, burst: 1000000}\n"
                         "  viewer: {per_second: 100000, burst: 100000}\n"
                         "  connections_per_address: 3000\n";
  return file;
}

// -- the server ---------------------------------------------------------------

server_process::server_process(server_start how) : how_(std::move(how)) {
  // nop
}

server_process::~server_process() {
  kill_hard();
}

server_process::server_process(server_process&& other) noexcept
  : how_(std::move(other.how_)), pid_(std::exchange(other.pid_, -1)),
    port_(other.port_), launches_(other.launches_) {
  // nop
}

server_process& server_process::operator=(server_process&& other) noexcept {
  kill_hard();
  how_ = std::move(other.how_);
  pid_ = std::exchange(other.pid_, -1);
  port_ = other.port_;
  launches_ = other.launches_;
  return *this;
}

fs::path server_process::log_file() const {
  auto file = how_.data;
  file += "." + std::to_string(launches_) + ".log";
  return file;
}

void server_process::launch() {
  kill_hard();
  std::error_code ignored;
  fs::remove(log_file(), ignored);
  ++launches_;
  fs::remove(log_file(), ignored);
  auto config = how_.config.empty() ? test_config(how_.data) : how_.config;
  port_ = 0;
  pid_ = spawn({"serve", "--config", config.string(), "--data",
                how_.data.string(), "--listen", "127.0.0.1:0"},
               log_file(), how_.environment);
}

bool server_process::wait_ready() {
  auto end = steady_clock::now() + how_.timeout;
  const std::string mark = "http://127.0.0.1:";
  while (steady_clock::now() < end) {
    auto text = log();
    auto at = text.find(mark);
    if (at != std::string::npos
        && text.find("Stop with", at) != std::string::npos) {
      port_ = static_cast<std::uint16_t>(
        std::strtoul(text.c_str() + at + mark.size(), nullptr, 10));
      return true;
    }
    if (wait(milliseconds{2}))
      return false;
  }
  return false;
}

bool server_process::start() {
  launch();
  return wait_ready();
}

void server_process::kill_hard() {
  if (pid_ <= 0)
    return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::optional<int> server_process::stop(milliseconds patience) {
  ::kill(pid_, SIGTERM);
  return wait(patience);
}

std::optional<int> server_process::wait(milliseconds patience) {
  auto code = wait_for_end(pid_, patience);
  if (code)
    pid_ = -1;
  return code;
}

std::string server_process::log() const {
  return read_text(log_file());
}

bool server_process::wait_for_log(const std::string& text,
                                  milliseconds patience) const {
  auto end = steady_clock::now() + patience;
  while (log().find(text) == std::string::npos) {
    if (steady_clock::now() >= end)
      return false;
    std::this_thread::sleep_for(milliseconds{10});
  }
  return true;
}

long server_process::rss_kib() const {
  std::ifstream status{"/proc/" + std::to_string(pid_) + "/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:"))
      return std::strtol(line.c_str() + 6, nullptr, 10);
  return -1;
}

net::client_options server_process::client(const std::string& token) const {
  net::client_options o;
  o.port = port_;
  o.token = token;
  return o;
}

net::http_client server_process::http(const std::string& token) const {
  return net::http_client{client(token)};
}

} // namespace ringside::test
