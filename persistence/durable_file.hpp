#pragma once

#include "domain/base/result.hpp"

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace ringside::persistence {

/// What to do if the file is there already.
enum class on_existing { replace, keep };

/// Writes a small file so that after a power cut either the old or the new
/// content is there, never a mixture: temporary file, fsync, rename, fsync of
/// the directory. `io_error` leaves old or new content. With
/// `on_existing::keep` an existing file is `wrong_state` and untouched.
result<unit> write_durably(const std::filesystem::path& path,
                           std::string_view bytes, ::mode_t mode,
                           on_existing rule);

/// Reads a whole small file; `not_found` if there is none, `too_large` if it
/// has more than `bytes_max` bytes.
result<std::string> read_small_file(const std::filesystem::path& path,
                                    std::size_t bytes_max);

/// Makes the names in a directory durable.
result<unit> sync_directory(const std::filesystem::path& path);

/// `io_error` with what was tried, the path, the text of `errno_value` and what
/// to do about it.
error file_error(std::string_view doing, const std::filesystem::path& path,
                 int errno_value);

} // namespace ringside::persistence
