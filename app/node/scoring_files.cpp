#include "app/node/scoring_files.hpp"

#include "app/config/load_hybrid.hpp"
#include "app/config/load_normalise.hpp"
#include "app/config/load_profiles.hpp"
#include "app/config/yaml_file.hpp"
#include "domain/audit/sha256.hpp"
#include "persistence/durable_file.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

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

/// Adds what `load` makes of the files of a directory, in order of their
/// names. No directory, no profiles.
/// @param load Takes the directory and the digests of its files, by id.
template <class Load>
result<unit> add_from(const std::filesystem::path& dir,
                      advice::profile_list& all, Load load) {
  std::error_code missing;
  if (!std::filesystem::exists(dir, missing))
    return unit{};
  auto before = digests_in(dir);
  if (!before)
    return before.reason();
  if (before->empty())
    return unit{};
  auto loaded = load(dir, *before);
  if (!loaded)
    return loaded.reason();
  auto after = digests_in(dir);
  if (!after || *after != *before)
    return refuse(ec::wrong_state, dir.string() + " changed while it was read",
                  {}, "try again");
  for (auto& content : *loaded) {
    auto id = std::visit([](const auto& p) { return p->id; }, content);
    all.push_back({std::move(content), before->at(id)});
  }
  return unit{};
}

using contents = result<std::vector<advice::profile_content>>;

template <class T>
void put(std::vector<advice::profile_content>& to, T content) {
  to.emplace_back(std::make_shared<const T>(std::move(content)));
}

contents load_scoring(const std::filesystem::path& dir, const digests&) {
  auto profiles = config::load_profiles(dir);
  if (!profiles)
    return profiles.reason();
  std::vector<advice::profile_content> made;
  for (auto& p : *profiles)
    put(made, std::move(p));
  return made;
}

/// One file after the other, by `load`.
template <class Load>
auto each_file(Load load) {
  return
    [load](const std::filesystem::path& dir, const digests& files) -> contents {
      std::vector<advice::profile_content> made;
      for (const auto& [id, digest] : files) {
        auto content = load(dir / (id + ".yaml"));
        if (!content)
          return content.reason();
        put(made, std::move(*content));
      }
      return made;
    };
}

} // namespace

result<advice::profile_list>
read_scoring_profiles(const std::filesystem::path& dir) {
  advice::profile_list all;
  if (auto ok = add_from(dir, all, load_scoring); !ok)
    return ok.reason();
  if (auto ok = add_from(dir / "hybrid", all, each_file(config::load_hybrid));
      !ok)
    return ok.reason();
  if (auto ok
      = add_from(dir / "normalise", all, each_file(config::load_normalise));
      !ok)
    return ok.reason();
  return all;
}

} // namespace ringside
