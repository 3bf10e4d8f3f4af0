#include "app/bundle/zip_archive.hpp"

#include "domain/base/limits.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <zip.h>

namespace ringside::bundle {

namespace {

namespace fs = std::filesystem;

/// What a member is taken for that cannot be unpacked.
constexpr const char* unreadable = "(cannot be unpacked)";

struct discard {
  void operator()(zip_t* z) const noexcept {
    zip_discard(z);
  }
};

struct release {
  void operator()(zip_source_t* s) const noexcept {
    zip_source_free(s);
  }
};

struct close_member {
  void operator()(zip_file_t* f) const noexcept {
    zip_fclose(f);
  }
};

using archive = std::unique_ptr<zip_t, discard>;
using source = std::unique_ptr<zip_source_t, release>;
using member = std::unique_ptr<zip_file_t, close_member>;

error failed(const char* doing, zip_error_t* reason) {
  return refuse(ec::internal,
                std::string{doing} + ": " + zip_error_strerror(reason));
}

result<unit> add_file(zip_t* zip, const audit::bundle_file& file) {
  auto* bytes = zip_source_buffer(zip, file.bytes.data(), file.bytes.size(), 0);
  if (bytes == nullptr)
    return failed("packing", zip_get_error(zip));
  auto index = zip_file_add(zip, file.name.c_str(), bytes, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(bytes);
    return failed("packing", zip_get_error(zip));
  }
  // 1 January 1980, the first day there is in a zip.
  zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, 0x21, 0);
  return unit{};
}

result<std::string> content_of(zip_source_t* made) {
  zip_stat_t info;
  zip_stat_init(&info);
  if (zip_source_stat(made, &info) != 0 || zip_source_open(made) != 0)
    return failed("reading the zip", zip_source_error(made));
  std::string out(static_cast<std::size_t>(info.size), '\0');
  auto got = zip_source_read(made, out.data(), out.size());
  zip_source_close(made);
  if (got < 0 || static_cast<std::size_t>(got) != out.size())
    return failed("reading the zip", zip_source_error(made));
  return out;
}

} // namespace

result<std::string> pack_zip(const std::vector<audit::bundle_file>& files) {
  zip_error_t reason;
  zip_error_init(&reason);
  source made{zip_source_buffer_create(nullptr, 0, 0, &reason)};
  if (!made)
    return failed("making a zip", &reason);
  archive zip{zip_open_from_source(made.get(), ZIP_TRUNCATE, &reason)};
  if (!zip)
    return failed("making a zip", &reason);
  // The archive gives its own reference back when it is closed.
  zip_source_keep(made.get());
  for (const auto& f : files)
    if (auto ok = add_file(zip.get(), f); !ok)
      return ok.reason();
  if (zip_close(zip.get()) != 0)
    return failed("writing the zip", zip_get_error(zip.get()));
  static_cast<void>(zip.release());
  return content_of(made.get());
}

// -- unpacking ----------------------------------------------------------------

namespace {

error no_zip(const fs::path& file, const std::string& why) {
  return refuse(ec::malformed, file.string() + " is no usable zip file: " + why,
                {}, "download the bundle again");
}

error too_big(const fs::path& file) {
  return refuse(ec::too_large,
                file.string() + " holds more than "
                  + std::to_string(limits::bundle_bytes_max / 1024 / 1024)
                  + " MiB: no evidence bundle");
}

/// Reads one member of at most `room` bytes; nothing if it cannot be unpacked.
std::optional<std::string> read_member(zip_t* zip, zip_uint64_t index,
                                       std::uint64_t size) {
  member in{zip_fopen_index(zip, index, 0)};
  if (!in)
    return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::size_t used = 0;
  while (used < bytes.size()) {
    auto n = zip_fread(in.get(), bytes.data() + used, bytes.size() - used);
    if (n <= 0)
      return std::nullopt;
    used += static_cast<std::size_t>(n);
  }
  // One byte more than the directory promises is a lie; the end also is where
  // the checksum is compared.
  char beyond = 0;
  if (zip_fread(in.get(), &beyond, 1) != 0)
    return std::nullopt;
  return bytes;
}

/// Overlapping members make a small file big; what is read is what counts.
result<std::vector<audit::bundle_file>> read_all(zip_t* zip,
                                                 const fs::path& file) {
  std::vector<audit::bundle_file> files;
  std::uint64_t room = limits::bundle_bytes_max;
  auto count = zip_get_num_entries(zip, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t info;
    zip_stat_init(&info);
    auto index = static_cast<zip_uint64_t>(i);
    if (zip_stat_index(zip, index, 0, &info) != 0
        || (info.valid & (ZIP_STAT_NAME | ZIP_STAT_SIZE))
             != (ZIP_STAT_NAME | ZIP_STAT_SIZE))
      return no_zip(file, "its directory is damaged");
    if (info.size > room)
      return too_big(file);
    room -= info.size;
    files.push_back(
      {info.name, read_member(zip, index, info.size).value_or(unreadable)});
  }
  return files;
}

} // namespace

result<std::vector<audit::bundle_file>> unpack_zip(const fs::path& file) {
  std::error_code missing;
  auto size = fs::file_size(file, missing);
  if (missing)
    return refuse(ec::not_found,
                  "reading " + file.string() + ": " + missing.message());
  if (size > limits::bundle_bytes_max)
    return too_big(file);
  int code = 0;
  archive zip{zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code)};
  if (!zip) {
    zip_error_t reason;
    zip_error_init_with_code(&reason, code);
    auto refused = no_zip(file, zip_error_strerror(&reason));
    zip_error_fini(&reason);
    return refused;
  }
  return read_all(zip.get(), file);
}

} // namespace ringside::bundle
