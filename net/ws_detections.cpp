#include "actors/protocol/vision_actors.hpp"
#include "domain/base/limits.hpp"
#include "domain/bout/rights.hpp"
#include "net/command_text.hpp"
#include "net/detections.hpp"
#include "net/ws_session.hpp"

#include <utility>

namespace ringside::net {

bool is_detections(const json::value& frame) noexcept {
  const auto* op = frame.find("op");
  const auto* name = op != nullptr ? op->as_string() : nullptr;
  return name != nullptr && (*name == "detections" || *name == "work");
}

void ws_session::op_detections(const json::value& frame, mono_us s1) {
  std::string op;
  std::string source;
  protocol::send_detections what;
  json::object about;
  for (const auto* key : {"source_id", "seq"})
    if (const auto* v = frame.find(key);
        v != nullptr && (v->as_string() != nullptr || v->as_int() != nullptr))
      about.emplace(key, *v);
  if (!bout::allowed(who_.role, bout::operation::send_detections))
    return send_refused(
      not_allowed(who_.role, bout::operation::send_detections), about);
  wire::field_reader f{frame, wire::origin::request};
  f.name("op", op);
  f.name("source_id", source);
  read_batch(f, what.what);
  if (auto ok = f.finish(); !ok)
    return send_refused(ok.reason(), about);
  if (!valid_id_text(source))
    return send_refused(
      refuse(ec::not_found, "there is no such source", "source_id"), about);
  if (in_flight_ >= limits::session_in_flight_max)
    return send_refused(refuse(ec::overloaded, "too many batches wait", {},
                               "wait for answers before sending more"),
                        about);
  what.account = who_.account;
  what.what.arrived = s1;
  if (auto line = device_clock_.line().mapping())
    what.what.clock
      = intake::device_clock_view{*line, s1.count - device_clock_.last().s2};
  ++in_flight_;
  gate_.ask_text<protocol::source_actor>(
    "source/" + source, std::move(what),
    [weak = weak_from_this(), about](const result<std::string>& answer) {
      auto self = weak.lock();
      if (!self)
        return;
      --self->in_flight_;
      if (answer)
        self->send("{\"op\":\"accepted\"," + answer->substr(1));
      else
        self->send_refused(answer.reason(), about);
    });
}

} // namespace ringside::net
