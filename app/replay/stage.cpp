#include "app/replay/stage.hpp"

#include "app/node/disk_world.hpp"
#include "app/node/node.hpp"

#include <cstdlib>
#include <memory>
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
    auto pattern = (fs::temp_directory_path() / "ringside-XXXXXX");
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

result<verdict_on_disk> run_here(const stage_options& options,
                                 const stage_work& work) {
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
  auto ok = work(where, tokens);
  n.stop();
  if (!ok)
    return ok.reason();
  return check_disk(data);
}

result<unit> run_there(const stage_options& options, const stage_work& work) {
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
  return work(*where, tokens);
}

} // namespace

result<std::optional<verdict_on_disk>> on_stage(const stage_options& options,
                                                const stage_work& work) {
  if (options.url.empty()) {
    auto verdict = run_here(options, work);
    if (!verdict)
      return verdict.reason();
    return std::optional{std::move(*verdict)};
  }
  if (auto ok = run_there(options, work); !ok)
    return ok.reason();
  return std::optional<verdict_on_disk>{};
}

} // namespace ringside::replay
