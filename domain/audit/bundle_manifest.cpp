#include "domain/audit/bundle.hpp"
#include "domain/audit/hex.hpp"

#include <utility>

namespace ringside::audit {

namespace {

constexpr std::string_view manifest_label = "ringside/bundle/v1\n";
constexpr json::limits within{64 * 1024, 4};

const std::string* text_in(const json::value& o, std::string_view key) {
  const auto* v = o.find(key);
  return v != nullptr ? v->as_string() : nullptr;
}

std::optional<std::uint64_t> number_in(const json::value& o,
                                       std::string_view key) {
  const auto* v = o.find(key);
  const auto* n = v != nullptr ? v->as_int() : nullptr;
  if (n == nullptr || *n < 0)
    return std::nullopt;
  return static_cast<std::uint64_t>(*n);
}

std::optional<hash> hash_in(const json::value& o, std::string_view key) {
  const auto* text = text_in(o, key);
  return text != nullptr ? parse_hash_hex(*text) : std::nullopt;
}

bool read_files(const json::value& body, bundle_manifest& m) {
  const auto* list = body.find("files");
  const auto* files = list != nullptr ? list->as_array() : nullptr;
  if (files == nullptr)
    return false;
  for (const auto& f : *files) {
    const auto* name = text_in(f, "name");
    auto digest = hash_in(f, "sha256");
    if (name == nullptr || !digest)
      return false;
    m.files.emplace_back(*name, *digest);
  }
  return true;
}

/// Bundles without such chains do not have the member.
bool read_chains(const json::value& body, bundle_manifest& m) {
  const auto* list = body.find("beside");
  if (list == nullptr)
    return true;
  const auto* chains = list->as_array();
  if (chains == nullptr)
    return false;
  for (const auto& c : *chains) {
    const auto* name = text_in(c, "name");
    auto entries = number_in(c, "entries");
    auto last = hash_in(c, "last");
    if (name == nullptr || !entries || !last)
      return false;
    m.beside.push_back({*name, *entries, *last});
  }
  return true;
}

bool read_texts(const json::value& body, bundle_manifest& m) {
  const auto* origin = text_in(body, "origin");
  const auto* bout = text_in(body, "bout");
  const auto* program = text_in(body, "program");
  if (origin == nullptr || bout == nullptr || program == nullptr)
    return false;
  m.origin = *origin;
  m.bout = *bout;
  m.program = *program;
  return true;
}

bool read_heads(const json::value& body, bundle_manifest& m) {
  auto entries = number_in(body, "entries");
  auto size = number_in(body, "size");
  auto last = hash_in(body, "last");
  auto root = hash_in(body, "root");
  if (!entries || !size || !last || !root)
    return false;
  m.entries = *entries;
  m.size = *size;
  m.last = *last;
  m.root = *root;
  return true;
}

} // namespace

std::string manifest_text(const bundle_manifest& m) {
  json::array files;
  for (const auto& [name, digest] : m.files)
    files.push_back(json::object{{"name", name}, {"sha256", to_hex(digest)}});
  json::object body{{"origin", m.origin},     {"bout", m.bout},
                    {"program", m.program},   {"entries", m.entries},
                    {"last", to_hex(m.last)}, {"size", m.size},
                    {"root", to_hex(m.root)}, {"files", std::move(files)}};
  json::array beside;
  for (const auto& c : m.beside)
    beside.push_back(json::object{
      {"name", c.name}, {"entries", c.entries}, {"last", to_hex(c.last)}});
  if (!beside.empty())
    body["beside"] = std::move(beside);
  return std::string{manifest_label}
         + json::to_text(json::value{std::move(body)}) + '\n';
}

result<bundle_manifest> parse_manifest(std::string_view text) {
  if (!text.starts_with(manifest_label) || !text.ends_with('\n'))
    return refuse(ec::malformed, "not the manifest of a bundle");
  text.remove_prefix(manifest_label.size());
  text.remove_suffix(1);
  auto body = json::parse_canonical(text, within);
  if (!body)
    return body.reason();
  bundle_manifest m;
  if (!read_texts(*body, m) || !read_heads(*body, m) || !read_files(*body, m)
      || !read_chains(*body, m))
    return refuse(ec::malformed, "the manifest lacks something");
  return m;
}

} // namespace ringside::audit
