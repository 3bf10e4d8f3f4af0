#include "app/config/yaml_file.hpp"

#include <fstream>

namespace ringside::config {

result<YAML::Node> load_yaml(const std::filesystem::path& path) {
  auto name = path.string();
  std::ifstream file{path, std::ios::binary};
  // Opening a directory succeeds; only reading it fails.
  std::string text(yaml_bytes_max + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (!file && !file.eof()))
    return refuse(ec::io_error, name + ": cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  return parse_yaml(text, name);
}

result<YAML::Node> parse_yaml(const std::string& text,
                              const std::string& name) {
  if (text.size() > yaml_bytes_max)
    return refuse(ec::too_large, name + ": is bigger than 256 KiB");
  try {
    auto documents = YAML::LoadAll(text);
    if (documents.size() == 1)
      return documents.front();
    return refuse(ec::malformed, name + ": must hold one YAML document, holds "
                                   + std::to_string(documents.size()));
  } catch (const YAML::Exception& fault) {
    auto line = fault.mark.is_null() ? 1 : fault.mark.line + 1;
    return refuse(ec::malformed,
                  name + ":" + std::to_string(line) + ": " + fault.msg);
  }
}

} // namespace ringside::config
