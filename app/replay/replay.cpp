#include "app/replay/replay.hpp"

#include "app/node/disk_world.hpp"
#include "app/node/node.hpp"
#include "app/officials/crew.hpp"

#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

namespace ringside::replay {

namespace {

namespace fs = std::filesystem;
using officials::place;

/// More than this process can send.
constexpr config::rate_config unlimited{1'000'000, 1'000'000};

/// A directory that nobody else may enter, removed at the end.
class scratch {
public:
  static result<scratch> make() {
    auto pattern = (fs::temp_directory_path() / "ringside-replay-XXXXXX");
    auto text = pattern.string();
    if (::mkdtemp(text.data()) == nullptr)
      return refuse(ec::io_error, "no temporary directory at " + text);
    return scratch{text};
  }

  scratch(scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {
    // nop
  }

  ~scratch() {
    std::error_code ignored;
    if (!path_.empty())
      fs::remove_all(path_, ignored);
  }

  const fs::path& path() const noexcept {
    return path_;
  }

private:
  explicit scratch(fs::path path) : path_(std::move(path)) {
    // nop
  }

  fs::path path_;
};

verdict_on_disk check_disk(const fs::path& data) {
  auto disk = inspect_disk(data, {});
  if (!disk)
    return {false, 0, disk.reason().detail};
  const auto& report = disk->report;
  verdict_on_disk v{report.sound(), report.entries, {}};
  if (!report.findings.empty())
    v.detail = "entry " + std::to_string(report.findings.front().index) + ": "
               + report.findings.front().detail;
  return v;
}

result<std::unique_ptr<node>> start_node(const fs::path& data) {
  auto config = config::default_node_config();
  config.data = data;
  config.port = 0;
  config.judge_rate = unlimited;
  config.operator_rate = unlimited;
  config.viewer_rate = unlimited;
  return node::start(config, {});
}

result<unit> run_all(const replay_options& options,
                     const std::vector<bout_record>& records,
                     const source_errors& known, const place& where,
                     const officials::token_maker& tokens,
                     const replay_progress& progress, replay_outcome& out) {
  auto people = officials::crew::hire(where, tokens, "Replay", judges);
  if (!people)
    return people.reason();
  for (const auto& record : records) {
    out.bouts.push_back(run_bout(**people, record, known, options.speed));
    if (progress)
      progress(out.bouts.back(), out.bouts.size(), records.size());
  }
  return unit{};
}

result<unit> run_here(const replay_options& options,
                      const std::vector<bout_record>& records,
                      const source_errors& known,
                      const replay_progress& progress, replay_outcome& out,
                      std::optional<verdict_on_disk>& verify) {
  std::optional<scratch> temporary;
  auto data = options.data;
  if (data.empty()) {
    auto made = scratch::make();
    if (!made)
      return made.reason();
    temporary.emplace(std::move(*made));
    data = temporary->path() / "node";
  }
  auto started = start_node(data);
  if (!started)
    return started.reason();
  auto& n = **started;
  auto tokens = [&n](const std::string& name, role who) {
    return n.make_token(name, who);
  };
  place where;
  where.port = n.port();
  auto ok = run_all(options, records, known, where, tokens, progress, out);
  n.stop();
  if (ok)
    verify = check_disk(data);
  return ok;
}

result<unit> run_there(const replay_options& options,
                       const std::vector<bout_record>& records,
                       const source_errors& known,
                       const replay_progress& progress, replay_outcome& out) {
  auto where = officials::parse_url(options.url);
  if (!where)
    return where.reason();
  auto alive = net::http_client{*where}.get("/healthz");
  if (!alive || alive->status != 200)
    return refuse(ec::io_error,
                  "no node answers at " + options.url
                    + (alive ? "" : ": " + alive.reason().detail),
                  {}, "start one with `ringside serve`");
  auto tokens = officials::make_tokens_over_http(
    officials::with_token(*where, options.admin_token));
  return run_all(options, records, known, *where, tokens, progress, out);
}

} // namespace

result<replay_outcome> replay(const replay_options& options,
                              const replay_progress& progress) {
  auto winners = options.bouts_file.empty()
                   ? bouts_file_beside(options.rounds_file)
                   : options.bouts_file;
  auto records = read_rounds(options.rounds_file, winners, options.bouts);
  if (!records)
    return records.reason();
  source_errors known;
  if (!options.source_errors_file.empty()) {
    auto read = read_source_errors(options.source_errors_file);
    if (!read)
      return read.reason();
    known = std::move(*read);
  }
  replay_outcome out;
  std::optional<verdict_on_disk> verify;
  auto began = officials::clock::now();
  auto ok = options.url.empty()
              ? run_here(options, *records, known, progress, out, verify)
              : run_there(options, *records, known, progress, out);
  if (!ok)
    return ok.reason();
  out.all = summarize(out.bouts, options.speed);
  out.all.verify = verify;
  out.all.took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                      officials::clock::now() - began)
                      .count();
  return out;
}

} // namespace ringside::replay
