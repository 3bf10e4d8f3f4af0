#include "domain/wire/event_codec.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace ringside::wire {

namespace {

using kind = audience::kind;

/// Takes out of an event's data what an audience may not see. One overload for
/// each event that holds something; the others pass as they are. False: the
/// event is not for this audience at all.
struct redactor {
  const bout::state& after;
  const audience& who;
  json::object& data;

  bool control() const {
    return who.who == kind::control;
  }

  /// Officials see which account and device; the world does not.
  bool official() const {
    return control() || who.who == kind::desk || who.who == kind::judge;
  }

  void drop(std::initializer_list<std::string_view> keys) const {
    for (auto key : keys)
      if (auto found = data.find(key); found != data.end())
        data.erase(found);
  }

  /// Leaves only these keys, so that a field added later is hidden too.
  void keep(std::initializer_list<std::string_view> keys) const {
    std::erase_if(data, [keys](const auto& field) {
      return std::find(keys.begin(), keys.end(), field.first) == keys.end();
    });
  }

  bool operator()(const bout::bout_created&) const {
    auto found = data.find("judges");
    if (official() || found == data.end())
      return true;
    for (auto& judge : *found->second.as_array())
      judge.as_object()->erase("account");
    return true;
  }

  bool operator()(const bout::judge_assigned&) const {
    if (!official())
      drop({"account"});
    return true;
  }

  bool operator()(const bout::seat_bound&) const {
    if (!official())
      drop({"account", "device"});
    if (!control())
      drop({"reason"});
    return true;
  }

  bool operator()(const bout::fact_logged& x) const {
    const auto* press = std::get_if<bout::press>(&x.what);
    if (press != nullptr && !presses_visible(after, press->seat, x.round, who))
      keep({"seat", "round", "round_ms"});
    return true;
  }

  bool operator()(const bout::fact_replaced& x) const {
    const auto* press = std::get_if<bout::press>(&x.what);
    if (press != nullptr && !presses_visible(after, press->seat, x.round, who))
      keep({"event_id", "round", "round_ms"});
    return true;
  }

  template <class Card>
  bool card(const Card& x) const {
    if (x.round == 0 && !pick_known(after, x.seat, who))
      return false;
    if (!card_visible(after, x.seat, x.round, who))
      keep({"seat", "round"});
    return true;
  }

  bool operator()(const bout::card_filed& x) const {
    return card(x);
  }

  bool operator()(const bout::card_revised& x) const {
    return card(x);
  }

  /// The reason for reopening a round may tell what is on a card.
  bool operator()(const bout::round_unlocked&) const {
    if (!control())
      keep({"round"});
    return true;
  }

  /// A judge learns whether he is asked, nothing about the others.
  bool operator()(const bout::picks_requested& x) const {
    if (control())
      return true;
    if (who.who != kind::judge || who.seat == 0
        || std::find(x.seats.begin(), x.seats.end(), who.seat) == x.seats.end())
      return false;
    data.insert_or_assign("seats", json::array{who.seat});
    return true;
  }

  bool operator()(const bout::result_derived&) const {
    if (!result_visible(after, who))
      keep({});
    return true;
  }

  bool operator()(const bout::result_overturned&) const {
    if (!result_visible(after, who))
      keep({});
    else if (!control())
      keep({"result", "ground"});
    return true;
  }

  bool operator()(const bout::note_added&) const {
    return control();
  }

  bool operator()(const bout::protest_raised&) const {
    return control();
  }

  bool operator()(const bout::protest_ruled&) const {
    return control();
  }

  template <class Event>
  bool operator()(const Event&) const {
    return true;
  }
};

} // namespace

std::optional<json::value>
redact(const bout::event& e, const bout::state& after, const audience& who) {
  auto data = *data_of(e).as_object();
  data.erase("at_us");
  redactor r{after, who, data};
  if (!std::visit(r, e.body))
    return std::nullopt;
  json::object out{{"event_id", event_id_text(e.no)},
                   {"type", kind_of(e.body)},
                   {"at_us", e.at.count}};
  out.emplace("by",
              r.official() ? to_string(e.by) : std::string{text_of(e.by.role)});
  out.emplace("data", std::move(data));
  return json::value{std::move(out)};
}

} // namespace ringside::wire
