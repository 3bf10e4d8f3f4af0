#include "app/node/static_files.hpp"

#include "domain/audit/hex.hpp"
#include "domain/audit/sha256.hpp"

#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

namespace ringside {

namespace {

constexpr std::uintmax_t bytes_max = 64ULL * 1024 * 1024;

std::string type_of(const std::filesystem::path& file) {
  static const std::map<std::string, std::string> types{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".json", "application/json"},
    {".png", "image/png"},
    {".woff2", "font/woff2"},
    {".webmanifest", "application/manifest+json"}};
  auto found = types.find(file.extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

net::static_file make_file(const std::filesystem::path& file,
                           std::string content) {
  net::static_file out;
  out.content_type = type_of(file);
  out.etag = "\"" + audit::to_hex(audit::sha256(content)).substr(0, 32) + "\"";
  // Vite puts a hash of the content into the names below assets/.
  out.immutable = file.parent_path().filename() == "assets"
                  && file.stem().string().find('-') != std::string::npos;
  out.body = std::make_shared<const std::string>(std::move(content));
  return out;
}

} // namespace

result<std::map<std::string, net::static_file, std::less<>>>
load_static_files(const std::filesystem::path& dir) {
  namespace fs = std::filesystem;
  std::map<std::string, net::static_file, std::less<>> files;
  std::error_code failed;
  if (!fs::is_regular_file(dir / "index.html", failed))
    return refuse(ec::not_found,
                  "there is no page " + dir.string() + "/index.html", {},
                  "set `panels` to the directory of the built panels");
  std::uintmax_t total = 0;
  for (const auto& entry : fs::recursive_directory_iterator(dir, failed)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".md")
      continue;
    total += entry.file_size();
    if (total > bytes_max)
      return refuse(ec::too_large, dir.string() + " holds more than 64 MiB");
    std::ifstream in{entry.path(), std::ios::binary};
    std::string content{std::istreambuf_iterator<char>{in}, {}};
    if (!in && !in.eof())
      return refuse(ec::io_error, "cannot read " + entry.path().string());
    auto relative = fs::relative(entry.path(), dir, failed);
    auto file = make_file(entry.path(), std::move(content));
    if (relative == "index.html")
      files["/"] = file;
    files["/" + relative.generic_string()] = std::move(file);
  }
  return files;
}

} // namespace ringside
