#include "domain/scoring/hybrid/preview.hpp"

#include <concepts>
#include <string_view>
#include <vector>

namespace ringside::scoring::hybrid {

namespace {

/// Writes one object. Keys come in alphabetic order; every string is an id or
/// a wire name and needs no escapes.
class object_writer {
public:
  explicit object_writer(std::string& out) : out_(out) {
    out_ += '{';
  }

  object_writer& text(std::string_view key, std::string_view value) {
    open(key);
    out_ += '"';
    out_ += value;
    out_ += '"';
    return *this;
  }

  object_writer& number(std::string_view key, std::integral auto value) {
    open(key);
    out_ += std::to_string(value);
    return *this;
  }

  template <class List>
  object_writer& numbers(std::string_view key, const List& list) {
    open(key);
    char before = '[';
    for (auto value : list) {
      out_ += before;
      out_ += std::to_string(value);
      before = ',';
    }
    out_ += ']';
    return *this;
  }

  /// The value of `key` is written by `write(std::string&)`.
  template <class Write>
  object_writer& nested(std::string_view key, Write write) {
    open(key);
    write(out_);
    return *this;
  }

  void close() {
    out_ += '}';
  }

private:
  void open(std::string_view key) {
    if (!first_)
      out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += key;
    out_ += "\":";
  }

  std::string& out_;
  bool first_ = true;
};

void write_evidence(std::string& out, const evidence& e) {
  object_writer{out}
    .text("act", text_of(e.act))
    .text("act_id", e.act_id)
    .number("at_ms", e.at.count)
    .number("confidence_ppm", e.confidence.count)
    .text("corner", to_string(e.corner))
    .text("id", e.id)
    .number("lasted_ms", e.lasted.count)
    .text("reporter", e.reporter)
    .number("severity_ppm", e.severity.count)
    .text("source", text_of(e.source))
    .close();
}

void write_corner(std::string& out, const fused_corner& c) {
  object_writer{out}
    .numbers("capped_ppm", c.capped_ppm)
    .number("control_ms", c.control.count)
    .numbers("counts_milli", c.counts_milli)
    .number("total_ppm", c.total_ppm)
    .numbers("weight_ppm", c.weight_ppm)
    .close();
}

void write_score(std::string& out, const fused_round& score) {
  object_writer{out}
    .nested("blue", [&](auto& to) { write_corner(to, score.corners.blue); })
    .number("both", score.both)
    .number("camera_alone", score.alone.camera)
    .number("human_alone", score.alone.human)
    .nested("red", [&](auto& to) { write_corner(to, score.corners.red); })
    .close();
}

void write_settings(std::string& out, const settings& with) {
  object_writer{out}
    .number("calibration_version", with.calibration_version)
    .text("id", with.id)
    .text("normalise", with.normalise)
    .number("normalise_version", with.normalise_version)
    .number("version", with.version)
    .close();
}

void write_reports(std::string& out, const state& s) {
  char before = '[';
  for (const auto& [id, one] : s.reports) {
    out += before;
    write_evidence(out, one);
    before = ',';
  }
  out += before == '[' ? "[]" : "]";
}

} // namespace

preview preview_of(const state& s, const config& c,
                   const normalise::profile& by) {
  std::vector<evidence> reports;
  for (const auto& [id, one] : s.reports)
    reports.push_back(one);
  return {s.position, fuse(reports, s.watched, c, by)};
}

result<unit> approve_exactly(std::uint64_t seen, std::uint64_t now) {
  if (seen == now)
    return unit{};
  return refuse(ec::wrong_state,
                "the preview is of position " + std::to_string(seen)
                  + ", the log is at " + std::to_string(now),
                "position", "look at the score again and approve that");
}

std::string canonical_text(const state& s, const fused_round& score) {
  std::string out;
  object_writer{out}
    .text("bout", s.bout.str())
    .text("coverage", text_of(s.watched))
    .nested("evidence", [&](auto& to) { write_reports(to, s); })
    .number("position", s.position)
    .number("round", s.round)
    .nested("score", [&](auto& to) { write_score(to, score); })
    .nested("settings", [&](auto& to) { write_settings(to, s.with); })
    .close();
  return out;
}

} // namespace ringside::scoring::hybrid
