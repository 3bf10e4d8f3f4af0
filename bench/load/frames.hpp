#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ringside::load {

/// The request that opens a stream.
std::string upgrade_request(std::uint16_t port, std::string_view token);

/// Appends one masked text frame. The mask is zero, which the protocol allows
/// and which spares this side the work; the server unmasks as ever.
/// @pre `payload` is shorter than 64 KiB.
void append_text_frame(std::string& out, std::string_view payload);

/// Cuts what a server sends into frames. Servers do not mask.
class frame_reader {
public:
  using on_text = std::function<void(std::string_view)>;

  /// Calls `then` for each complete text frame; a rest waits for more.
  /// @returns False at a close frame.
  bool feed(std::string_view bytes, const on_text& then);

private:
  /// Takes complete frames off the front of `bytes`.
  bool cut(std::string_view& bytes, const on_text& then);

  std::string rest_;
};

} // namespace ringside::load
