#include "persistence/key_file.hpp"

#include "persistence/durable_file.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace ringside::persistence {

namespace fs = std::filesystem;

result<unit> write_key_file(const fs::path& path, const key_seed& seed) {
  std::string_view bytes{reinterpret_cast<const char*>(seed.data()),
                         seed.size()};
  return write_durably(path, bytes, 0600, on_existing::keep);
}

result<key_seed> read_key_file(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0)
    return errno == ENOENT ? refuse(ec::not_found, "no key " + path.string())
                           : file_error("looking at", path, errno);
  if (!S_ISREG(info.st_mode) || (info.st_mode & 077) != 0)
    return refuse(ec::forbidden,
                  "others may read or change the key " + path.string(), {},
                  "chmod 600 " + path.string());
  key_seed seed{};
  auto bytes = read_small_file(path, seed.size());
  if (!bytes && bytes.reason().code != ec::too_large)
    return bytes.reason();
  if (!bytes || bytes->size() != seed.size())
    return refuse(ec::corrupt, path.string() + " has not exactly 32 bytes");
  std::copy(bytes->begin(), bytes->end(), seed.begin());
  ::explicit_bzero(bytes->data(), bytes->size());
  return seed;
}

} // namespace ringside::persistence
