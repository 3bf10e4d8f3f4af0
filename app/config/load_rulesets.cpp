#include "app/config/load_rulesets.hpp"

#include "app/config/ruleset_sections.hpp"
#include "app/config/yaml_file.hpp"
#include "domain/rules/validate.hpp"

#include <algorithm>

namespace ringside::config {

result<rules::ruleset> load_ruleset(const std::filesystem::path& path) {
  // Validation runs while the reader lives, to find the line of its field.
  return read_yaml<rules::ruleset>(path, [&](yaml_reader& root) {
    auto rules = read_ruleset(root);
    if (root.clean()) {
      if (auto sound = rules::validate(rules); !sound)
        root.refuse_field(sound.reason().field, sound.reason().detail);
      if (path.stem() != rules.id)
        root.refuse_value("id", "must be the name of the file");
    }
    return rules;
  });
}

namespace {

result<std::vector<std::filesystem::path>>
yaml_files(const std::filesystem::path& dir) {
  std::vector<std::filesystem::path> files;
  std::error_code fault;
  std::filesystem::directory_iterator entries{dir, fault};
  if (fault)
    return refuse(ec::io_error, dir.string() + ": " + fault.message());
  for (const auto& entry : entries) {
    if (entry.path().extension() == ".yml")
      return refuse(ec::invalid_value,
                    entry.path().string() + ": must be named .yaml");
    if (entry.path().extension() == ".yaml")
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

} // namespace

result<rules::catalog> load_rulesets(const std::filesystem::path& dir) {
  auto files = yaml_files(dir);
  if (!files)
    return files.reason();
  if (files->empty())
    return refuse(ec::not_found, dir.string() + ": holds no rule set");
  std::vector<rules::ruleset> all;
  std::string problems;
  for (const auto& file : *files) {
    auto one = load_ruleset(file);
    if (one)
      all.push_back(std::move(*one));
    else
      problems += (problems.empty() ? "" : "\n") + one.reason().detail;
  }
  if (!problems.empty())
    return refuse(ec::invalid_value, std::move(problems));
  return rules::catalog::make(std::move(all));
}

} // namespace ringside::config
