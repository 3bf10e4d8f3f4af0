#include "app/replay/replay.hpp"

#include "app/officials/crew.hpp"
#include "app/replay/stage.hpp"

#include <optional>
#include <utility>

namespace ringside::replay {

namespace {

using officials::place;

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
  auto began = officials::clock::now();
  auto verify = on_stage(
    {options.url, options.admin_token, options.data},
    [&](const place& where, const officials::token_maker& tokens) {
      return run_all(options, *records, known, where, tokens, progress, out);
    });
  if (!verify)
    return verify.reason();
  out.all = summarize(out.bouts, options.speed);
  out.all.verify = *verify;
  out.all.took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                      officials::clock::now() - began)
                      .count();
  return out;
}

} // namespace ringside::replay
