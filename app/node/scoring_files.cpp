#include "app/node/scoring_files.hpp"

#include "app/config/load_profiles.hpp"
#include "app/config/yaml_file.hpp"
#include "domain/audit/sha256.hpp"
#include "persistence/durable_file.hpp"

#include <map>
#include <string>
#include <utility>

namespace ringside {

namespace {

using digests = std::map<std::string, audit::hash, std::less<>>;

result<digests> digests_in(const std::filesystem::path& dir) {
  digests all;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator{dir, fault}) {
    if (entry.path().extension() != ".yaml")
      continue;
    auto bytes
      = persistence::read_small_file(entry.path(), config::yaml_bytes_max);
    if (!bytes)
      return bytes.reason();
    all.emplace(entry.path().stem().string(), audit::sha256(*bytes));
  }
  if (fault)
    return refuse(ec::io_error, dir.string() + ": " + fault.message());
  return all;
}

} // namespace

result<advice::profile_list>
read_scoring_profiles(const std::filesystem::path& dir) {
  std::error_code missing;
  if (!std::filesystem::exists(dir, missing))
    return advice::profile_list{};
  auto before = digests_in(dir);
  if (!before)
    return before.reason();
  if (before->empty())
    return advice::profile_list{};
  auto profiles = config::load_profiles(dir);
  if (!profiles)
    return profiles.reason();
  auto after = digests_in(dir);
  if (!after || *after != *before)
    return refuse(ec::wrong_state, dir.string() + " changed while it was read",
                  {}, "try again");
  advice::profile_list all;
  for (auto& p : *profiles) {
    auto digest = before->at(p.id);
    all.push_back(
      {std::make_shared<const scoring::profile>(std::move(p)), digest});
  }
  return all;
}

} // namespace ringside
