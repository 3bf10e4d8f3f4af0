#include "bench/load/node.hpp"

#include "bench/load/must.hpp"
#include "bench/load/samples.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

namespace ringside::load {

namespace fs = std::filesystem;

namespace {

/// Limits that no generator of ours reaches; everything else is the default.
constexpr auto config_text = R"(listen:
  host: 127.0.0.1
  port: 0
limits:
  judge: {per_second: 1000000, burst: 1000000}
  operator: {per_second: 1000000, burst: 1000000}
  viewer: {per_second: 1000000, burst: 1000000}
  connections: 100000
  connections_per_address: 100000
)";

std::string output_of(const std::string& line) {
  std::string text;
  std::array<char, 512> piece;
  auto* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr)
    give_up("cannot run " + line);
  while (auto n = std::fread(piece.data(), 1, piece.size(), pipe))
    text.append(piece.data(), n);
  if (::pclose(pipe) != 0)
    give_up("failed: " + line);
  return text;
}

std::string quoted(const fs::path& p) {
  return "'" + p.string() + "'";
}

/// Replaces this process by a node whose output goes to `to`.
[[noreturn]] void become(const fs::path& program, const fs::path& home,
                         int to) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(to, STDOUT_FILENO);
  auto config = (home / "node.yaml").string();
  auto data = (home / "data").string();
  ::execl(program.c_str(), program.c_str(), "serve", "--quiet", "--config",
          config.c_str(), "--data", data.c_str(), nullptr);
  std::_Exit(127);
}

} // namespace

node::node(fs::path program) : program_(std::move(program)) {
  auto name = (fs::temp_directory_path() / "ringside-load-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    give_up("cannot make a directory under " + name);
  home_ = name;
  std::ofstream{home_ / "node.yaml"} << config_text;
  make_tokens();
}

node::~node() {
  stop();
  std::error_code ignored;
  fs::remove_all(home_, ignored);
}

void node::make_tokens() {
  for (const auto* role :
       {"admin", "supervisor", "timekeeper", "operator", "viewer", "source"}) {
    auto line = quoted(program_) + " admin add --json --role " + role
                + " --data " + quoted(home_ / "data") + " " + role;
    tokens_[role] = text_member(output_of(line), "token");
  }
}

std::int64_t node::start() {
  std::array<int, 2> ends;
  if (::pipe(ends.data()) != 0)
    give_up("no pipe");
  auto begin = now_ns();
  pid_ = ::fork();
  if (pid_ == 0)
    become(program_, home_, ends[1]);
  ::close(ends[1]);
  output_ = ends[0];
  read_banner(output_);
  for (;;) {
    net::http_client http{{"127.0.0.1", port_, {}}};
    auto answer = http.get("/readyz");
    if (answer && answer->status == 200)
      return now_ns() - begin;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
}

void node::read_banner(int from) {
  std::string text;
  std::array<char, 256> piece;
  while (text.find("Stop with") == std::string::npos) {
    auto n = ::read(from, piece.data(), piece.size());
    if (n <= 0)
      give_up("the node did not start: " + text);
    text.append(piece.data(), static_cast<std::size_t>(n));
  }
  auto number_after = [&text](std::string_view mark) {
    auto at = text.find(mark) + mark.size();
    at = text.find_first_of("0123456789", at);
    std::int64_t n = 0;
    std::from_chars(text.data() + at, text.data() + text.size(), n);
    return n;
  };
  port_ = static_cast<std::uint16_t>(number_after("http://127.0.0.1:"));
  entries_ = number_after("journal");
}

void node::stop() {
  if (pid_ == 0)
    return;
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
  ::close(output_);
  pid_ = 0;
}

// -- talking to it ------------------------------------------------------------

net::http_client node::client(const std::string& role) const {
  return net::http_client{{"127.0.0.1", port_, token(role)}};
}

std::string node::open_bout() {
  auto http = client("supervisor");
  auto body = R"({"command_id":")" + next_command_id()
              + R"(","ruleset":"mma_abc_2025","red":{"name":"Ada Red"},)"
                R"("blue":{"name":"Bea Blue"},"scheduled_rounds":3,)"
                R"("judges":[{"name":"One"},{"name":"Two"},{"name":"Three"}]})";
  auto made = must(http.post("/api/v1/bouts", body), "making a bout");
  if (made.status != 201)
    give_up("making a bout: " + made.body);
  std::string id{text_member(made.body, "bout_id")};
  command("timekeeper", id, R"("type":"open_round","round":1)");
  command("timekeeper", id, R"("type":"start_clock")");
  return id;
}

void node::command(const std::string& role, const std::string& bout,
                   std::string_view fields) {
  auto http = client(role);
  auto body = R"({"command_id":")" + next_command_id() + R"(",)"
              + std::string{fields} + "}";
  auto done = must(http.post("/api/v1/bouts/" + bout + "/commands", body),
                   "sending a command");
  if (done.status != 200)
    give_up("a command was refused: " + done.body);
}

// -- what it uses -------------------------------------------------------------

std::int64_t node::memory() const {
  std::ifstream file{"/proc/" + std::to_string(pid_) + "/statm"};
  std::int64_t all = 0;
  std::int64_t resident = 0;
  file >> all >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

std::int64_t node::cpu_ns() const {
  std::ifstream file{"/proc/" + std::to_string(pid_) + "/stat"};
  std::string text;
  std::getline(file, text);
  std::istringstream rest{text.substr(text.rfind(')') + 2)};
  std::string field;
  for (int i = 0; i < 11; ++i)
    rest >> field;
  std::int64_t user = 0;
  std::int64_t kernel = 0;
  rest >> user >> kernel;
  return (user + kernel) * 1'000'000'000 / ::sysconf(_SC_CLK_TCK);
}

std::int64_t node::disk_bytes() const {
  std::int64_t sum = 0;
  for (const auto& file : fs::directory_iterator{home_ / "data"})
    if (file.is_regular_file())
      sum += static_cast<std::int64_t>(file.file_size());
  return sum;
}

std::int64_t node::written_bytes() const {
  std::ifstream file{"/proc/" + std::to_string(pid_) + "/io"};
  std::string key;
  std::int64_t n = 0;
  while (file >> key >> n)
    if (key == "write_bytes:")
      return n;
  return 0;
}

// -- texts --------------------------------------------------------------------

std::string next_command_id() {
  static std::uint64_t last = 0;
  std::array<char, 37> text;
  std::snprintf(text.data(), text.size(), "00000000-0000-4000-8000-%012llx",
                static_cast<unsigned long long>(++last));
  return text.data();
}

std::string strike_frame(const std::string& bout, const std::string& id) {
  return R"({"bout_id":")" + bout + R"(","command_id":")" + id
         + R"(","corner":"red","op":"command","position":"distance",)"
           R"("target":"head","technique":"jab","type":"log_strike"})";
}

std::string_view text_member(std::string_view json, std::string_view key) {
  auto mark = "\"" + std::string{key} + "\":\"";
  auto at = json.find(mark);
  if (at == std::string_view::npos)
    return {};
  json.remove_prefix(at + mark.size());
  return json.substr(0, json.find('"'));
}

std::int64_t integer_member(std::string_view json, std::string_view key) {
  auto mark = "\"" + std::string{key} + "\":";
  auto at = json.rfind(mark);
  std::int64_t n = -1;
  if (at != std::string_view::npos)
    std::from_chars(json.data() + at + mark.size(), json.data() + json.size(),
                    n);
  return n;
}

} // namespace ringside::load
