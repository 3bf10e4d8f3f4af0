#pragma once

#include "domain/wire/command_codec.hpp"
#include "net/device_clock.hpp"
#include "net/gateway.hpp"
#include "net/outbox.hpp"
#include "net/rate_bucket.hpp"
#include "net/topic.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace ringside::net {

/// The socket below a session: writes one message at a time.
class ws_transport {
public:
  virtual ~ws_transport() = default;

  /// Writes one message, then calls `written` of the session.
  virtual void write(protocol::frame_text frame) = 0;

  /// Says goodbye with a close code; nothing is written afterwards.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

/// Close codes this server uses (RFC 6455 section 7.4).
namespace close_code {
inline constexpr std::uint16_t going_away = 1001;
inline constexpr std::uint16_t unknown_data = 1003;
inline constexpr std::uint16_t policy = 1008;
inline constexpr std::uint16_t too_big = 1009;
inline constexpr std::uint16_t try_again = 1013;
} // namespace close_code

/// One WebSocket client: what it says, what it follows, what it is sent. Lives
/// on one network thread, between its socket and the GATEWAY of that thread.
/// Keeps the digest of a token and asks for the rights again every time.
class ws_session final : public subscriber,
                         public std::enable_shared_from_this<ws_session> {
public:
  /// @param token Nothing for an anonymous viewer.
  ws_session(net_context& ctx, gateway& gate, std::string id,
             std::optional<token_digest> token);

  // -- by the socket ----------------------------------------------------------

  /// @param down Stays valid until `closed`.
  void opened(ws_transport& down);

  /// @param s1 When the message was there.
  void received(std::string_view text, mono_us s1);

  void written();

  void closed();

  // -- by the thread ----------------------------------------------------------

  /// Once per heartbeat: life signs in both directions.
  void beat();

  /// Says goodbye because the node stops.
  void shut();

  // -- by the shard -----------------------------------------------------------

  bool deliver(subscription& sub, const protocol::frame_text& frame) override;
  void fell_behind(const subscription_ptr& sub) override;
  void starts_over(const subscription& sub) override;
  void turned_away(const subscription_ptr& sub, const error& why) override;

  std::size_t queued() const noexcept {
    return box_.size();
  }

private:
  struct followed {
    topic_info info;
    /// The seat a judge asked for, if any, and the one that the BOUT says is
    /// the judge's. Only the second one opens a card.
    int wanted_seat = 0;
    int seat = 0;
    bool checking = false;
    /// Null while the seat is looked up for the first time.
    subscription_ptr sub;
    std::optional<std::uint64_t> after;
  };

  struct time_question {
    std::int64_t n = 0;
    std::int64_t c0 = 0;
    mono_us s1;
  };

  // -- identity ---------------------------------------------------------------

  /// Asks again who this is. False: nobody any more, the session ends.
  bool refresh();

  void become(identity who);

  // -- operations -------------------------------------------------------------

  void dispatch(const json::value& frame, mono_us s1);
  void op_subscribe(const json::value& frame);
  void op_unsubscribe(const json::value& frame);
  void op_command(const json::value& frame);
  void op_ts(const json::value& frame, mono_us s1);
  void op_ping(const json::value& frame);
  void op_detections(const json::value& frame, mono_us s1);
  void op_work(const json::value& frame, mono_us s1);

  void pass_on(const bout_id& bout, wire::parsed_command what);
  void answered(const uuid& id, const bout_id& bout,
                const command_outcome& outcome);

  // -- topics -----------------------------------------------------------------

  void follow(const std::string& topic, followed& f);
  void leave(followed& f);
  void check_seats();
  void check_seat(const std::string& topic, followed& f);
  void seat_found(const std::string& topic, int seat);
  /// Subscribes everything again as what this identity may see now.
  void follow_all_again();

  // -- presence ---------------------------------------------------------------

  void tell_presence(bool present);

  /// Tells the CLOCK what the last exchange taught.
  void tell_clock();

  // -- writing ----------------------------------------------------------------

  void send(std::string text);
  void send_object(json::object fields);
  void send_heartbeat();
  void send_refused(const error& why, json::object about = {});
  bool send_time();
  void start(protocol::frame_text frame);
  void resync_lagging();
  void end(std::uint16_t code, std::string_view reason);

  net_context& ctx_;
  gateway& gate_;
  std::string id_;
  std::optional<token_digest> token_;
  identity who_;
  rate_bucket bucket_;
  int strikes_ = 0;
  ws_transport* down_ = nullptr;
  bool writing_ = false;
  bool ending_ = false;
  outbox box_;
  std::deque<time_question> times_;
  device_clock device_clock_;
  bool clock_told_ = false;
  std::map<std::string, followed, std::less<>> topics_;
  std::set<subscription_ptr> lagging_;
  std::size_t in_flight_ = 0;
  std::uint64_t beats_ = 0;
  /// Doors that were told of this session.
  std::set<std::string> doors_;
};

/// True for roles that only watch; their sessions live on the fan-out thread.
bool is_spectator(role who) noexcept;

} // namespace ringside::net
