#include "net/counters.hpp"

#include "domain/base/series_text.hpp"

#include <string>
#include <string_view>

namespace ringside::net {

namespace {

struct row {
  std::string_view name;
  std::string_view type;
  std::string_view help;
  const net_counters::counter& value;
};

void append(series_text& out, const row& x) {
  auto full = "ringside_net_" + std::string{x.name};
  (x.type == "counter" ? out.counter(full, x.help) : out.gauge(full, x.help))
    .value(x.value.load(std::memory_order_relaxed));
}

} // namespace

std::string metrics_text(const net_counters& c) {
  series_text out;
  for (const auto& x : {
         row{"accepted_total", "counter", "Connections taken.", c.accepted},
         row{"capped_total", "counter", "Connections over a cap.", c.capped},
         row{"accept_pauses_total", "counter",
             "Pauses for lack of descriptors.", c.accept_pauses},
         row{"connections", "gauge", "Open connections.", c.connections},
         row{"requests_total", "counter", "HTTP requests.", c.requests},
         row{"refused_requests_total", "counter", "HTTP answers of 400 and up.",
             c.refused_requests},
         row{"sessions", "gauge", "Open WebSocket sessions.", c.sessions},
         row{"frames_in_total", "counter", "WebSocket messages received.",
             c.frames_in},
         row{"frames_out_total", "counter", "WebSocket messages sent.",
             c.frames_out},
         row{"bytes_out_total", "counter", "Bytes of WebSocket messages sent.",
             c.bytes_out},
         row{"commands_total", "counter", "Commands passed on.", c.commands},
         row{"commands_resent_total", "counter", "Commands sent once more.",
             c.commands_resent},
         row{"commands_timed_out_total", "counter",
             "Commands without an answer.", c.commands_timed_out},
         row{"refused_frames_total", "counter", "WebSocket messages refused.",
             c.refused_frames},
         row{"rate_limited_total", "counter", "Refusals because of a rate.",
             c.rate_limited},
         row{"resets_total", "counter", "Subscriptions that fell behind.",
             c.resets},
         row{"overflows_total", "counter",
             "Sessions closed as they did not "
             "read.",
             c.overflows},
       })
    append(out, x);
  return out.text();
}

} // namespace ringside::net
