#include "app/bundle/check_bundle.hpp"

#include "app/bundle/zip_archive.hpp"
#include "domain/wire/entry_codec.hpp"
#include "domain/wire/evidence.hpp"
#include "domain/wire/ruleset_json.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::bundle {

namespace {

using file_list = std::vector<audit::bundle_file>;

std::string_view text_of_file(const file_list& files, std::string_view name) {
  auto found = std::find_if(files.begin(), files.end(),
                            [&](const auto& f) { return f.name == name; });
  return found != files.end() ? std::string_view{found->bytes}
                              : std::string_view{};
}

/// The entries of a bundle that is sound.
result<std::vector<audit::entry_fields>> entries_of(const file_list& files,
                                                    std::uint64_t count) {
  std::vector<audit::entry_fields> entries;
  for (std::uint64_t n = 0; n < count; ++n) {
    auto text = text_of_file(files, audit::personal_file_name(n));
    std::optional<audit::personal_part> personal;
    if (auto part = audit::parse_personal(text))
      personal = std::move(*part);
    auto entry = audit::read_entry(
      text_of_file(files, audit::entry_file_name(n)), personal);
    if (!entry)
      return entry.reason();
    entries.push_back(std::move(*entry));
  }
  return entries;
}

void note(audit::bundle_report& report, audit::finding_kind kind,
          std::string detail, std::size_t max) {
  report.add({kind, 0, report.manifest.bout, std::move(detail)}, max);
}

/// Judges the bout again and compares.
void check_result(audit::bundle_report& report, const file_list& files,
                  const bout::ruleset_lookup* rulesets, std::size_t max) {
  using kind = audit::finding_kind;
  auto again = [&](const std::string& why) {
    note(report, kind::not_derived, "the result was not derived again: " + why,
         max);
  };
  if (rulesets == nullptr)
    return again("there are no rule sets here");
  if (report.manifest.program != program_name())
    return again("the bundle is from " + report.manifest.program);
  auto entries = entries_of(files, report.manifest.entries);
  auto state = entries ? wire::fold_bout(*entries, *rulesets)
                       : result<bout::state>{entries.reason()};
  if (!state)
    return again(state.reason().detail);
  auto rules = json::to_text(wire::ruleset_json(*state->ruleset));
  if (rules != text_of_file(files, audit::ruleset_name))
    return again("the rule set here is another one");
  auto derived = json::to_text(
    wire::derived_result(*state, bout_id{report.manifest.bout}));
  if (derived != text_of_file(files, audit::result_name))
    note(report, kind::bad_file,
         "result.json: is not what the entries give by the rule set", max);
}

} // namespace

std::string program_name() {
  return std::string{"ringside "} + RINGSIDE_VERSION;
}

result<audit::bundle_report>
check_bundle(const std::filesystem::path& file,
             const audit::bundle_options& options,
             const bout::ruleset_lookup* rulesets) {
  auto files = unpack_zip(file);
  if (!files)
    return files.reason();
  auto report = audit::verify_bundle(*files, options);
  if (report && report->sound())
    check_result(*report, *files, rulesets, options.findings_max);
  return report;
}

} // namespace ringside::bundle
