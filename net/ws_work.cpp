#include "actors/protocol/router_actors.hpp"
#include "domain/base/limits.hpp"
#include "domain/bout/rights.hpp"
#include "net/command_text.hpp"
#include "net/detections.hpp"
#include "net/ws_session.hpp"

#include <utility>

namespace ringside::net {

void ws_session::op_work(const json::value& frame, mono_us s1) {
  std::string op;
  std::string source;
  protocol::get_work what;
  json::object about;
  if (const auto* v = frame.find("source_id"); v != nullptr && v->as_string())
    about.emplace("source_id", *v);
  if (!bout::allowed(who_.role, bout::operation::send_detections))
    return send_refused(
      not_allowed(who_.role, bout::operation::send_detections), about);
  wire::field_reader f{frame, wire::origin::request};
  f.name("op", op);
  f.name("source_id", source);
  read_work(f, what);
  if (auto ok = f.finish(); !ok)
    return send_refused(ok.reason(), about);
  if (!valid_id_text(source))
    return send_refused(
      refuse(ec::not_found, "there is no such source", "source_id"), about);
  if (in_flight_ >= limits::session_in_flight_max)
    return send_refused(refuse(ec::overloaded, "too many questions wait", {},
                               "wait for an answer before asking again"),
                        about);
  what.account = who_.account;
  what.arrived = s1;
  ++in_flight_;
  gate_.ask_text<protocol::worked_source_actor>(
    "source/" + source, std::move(what),
    [weak = weak_from_this(), source, about](const result<std::string>& jobs) {
      auto self = weak.lock();
      if (!self)
        return;
      --self->in_flight_;
      if (!jobs)
        return self->send_refused(jobs.reason(), about);
      self->send("{\"op\":\"work\",\"source_id\":\"" + source + "\","
                 + jobs->substr(1));
    });
}

} // namespace ringside::net
