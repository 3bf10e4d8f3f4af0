#include "bench/load/frames.hpp"

#include "bench/load/must.hpp"

namespace ringside::load {

namespace {

constexpr std::uint8_t final_text = 0x81;
constexpr std::uint8_t op_text = 1;
constexpr std::uint8_t op_close = 8;
constexpr std::uint8_t masked = 0x80;
constexpr std::uint8_t two_byte_size = 126;
constexpr std::uint8_t eight_byte_size = 127;

std::uint8_t byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<std::uint8_t>(bytes[i]);
}

struct frame_head {
  std::uint8_t op = 0;
  std::size_t head = 0;
  std::size_t payload = 0;
};

/// False while the head is not complete.
bool read_head(std::string_view bytes, frame_head& out) {
  if (bytes.size() < 2)
    return false;
  out.op = byte_at(bytes, 0) & 0x0f;
  auto size = static_cast<std::uint8_t>(byte_at(bytes, 1) & 0x7f);
  auto extra = size == two_byte_size ? 2U : size == eight_byte_size ? 8U : 0U;
  if (bytes.size() < 2 + extra)
    return false;
  out.payload = extra == 0 ? size : 0;
  for (std::size_t i = 0; i < extra; ++i)
    out.payload = out.payload << 8 | byte_at(bytes, 2 + i);
  out.head = 2 + extra;
  return true;
}

} // namespace

std::string upgrade_request(std::uint16_t port, std::string_view token) {
  std::string text
    = "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port)
      + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: cmluZ3NpZGUgbG9hZCAhIQ==\r\n"
        "Sec-WebSocket-Protocol: ringside.v1\r\n";
  if (!token.empty())
    text.append("Authorization: Bearer ").append(token).append("\r\n");
  return text + "\r\n";
}

void append_text_frame(std::string& out, std::string_view payload) {
  if (payload.size() >= 64 * 1024)
    give_up("a client frame is too long");
  out.push_back(static_cast<char>(final_text));
  if (payload.size() < two_byte_size) {
    out.push_back(static_cast<char>(masked | payload.size()));
  } else {
    out.push_back(static_cast<char>(masked | two_byte_size));
    out.push_back(static_cast<char>(payload.size() >> 8));
    out.push_back(static_cast<char>(payload.size() & 0xff));
  }
  out.append(4, '\0');
  out.append(payload);
}

bool frame_reader::cut(std::string_view& bytes, const on_text& then) {
  frame_head head;
  while (read_head(bytes, head) && bytes.size() >= head.head + head.payload) {
    if (head.op == op_close)
      return false;
    if (head.op == op_text)
      then(bytes.substr(head.head, head.payload));
    bytes.remove_prefix(head.head + head.payload);
  }
  return true;
}

bool frame_reader::feed(std::string_view bytes, const on_text& then) {
  if (rest_.empty()) {
    auto open = cut(bytes, then);
    rest_.assign(bytes);
    return open;
  }
  rest_.append(bytes);
  std::string_view all = rest_;
  auto open = cut(all, then);
  rest_.erase(0, rest_.size() - all.size());
  return open;
}

} // namespace ringside::load
