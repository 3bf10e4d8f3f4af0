#include "app/config/load_profiles.hpp"

#include <cstdio>

namespace ringside::config {

namespace {

using namespace scoring;

/// Six decimals, without a negative zero.
std::string number_text(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6f", value);
  std::string out{text};
  while (out.back() == '0')
    out.pop_back();
  if (out.back() == '.')
    out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string quoted(const std::string& text) {
  std::string out{"\""};
  for (auto c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

/// Words folded to 80 columns under `key: >-`.
std::string folded(const std::string& text) {
  constexpr std::size_t width = 78;
  std::string out, line{" "};
  std::size_t from = 0;
  while (from < text.size()) {
    auto to = text.find(' ', from);
    auto word = text.substr(from, to - from);
    if (line.size() + 1 + word.size() > width) {
      out += line + "\n";
      line = " ";
    }
    if (!word.empty())
      line += " " + word;
    from = to == std::string::npos ? text.size() : to + 1;
  }
  return out + line + "\n";
}

std::string parts_text(const std::vector<part>& parts, std::size_t indent) {
  constexpr std::size_t width = 78;
  std::string out{"{"};
  auto column = indent + 1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto one = std::string{text_of(parts[i].counted)} + ": "
               + number_text(parts[i].factor);
    if (i > 0) {
      auto wrap = column + one.size() + 3 > width;
      out += wrap ? ",\n" + std::string(indent + 1, ' ') : ", ";
      column = wrap ? indent + 1 : column + 2;
    }
    out += one;
    column += one.size();
  }
  return out + "}";
}

std::string terms_text(const std::vector<term>& terms,
                       const std::string& indent) {
  auto out = indent + "terms:\n";
  for (const auto& t : terms) {
    auto pad = indent + "    ";
    out += indent + "  - id: " + t.id + "\n";
    if (t.aspect)
      out += pad + "aspect: " + std::string{text_of(*t.aspect)} + "\n";
    out += pad + "shape: " + std::string{text_of(t.shape)} + "\n";
    if (t.soft != 0)
      out += pad + "soft: " + number_text(t.soft) + "\n";
    out += pad + "weight: " + number_text(t.weight) + "\n";
    out += pad + "counts: " + parts_text(t.parts, pad.size() + 8) + "\n";
  }
  return out;
}

std::string wide_text(const wide_model& w) {
  std::string out{"wide:\n  eras:\n"};
  for (const auto& e : w.eras)
    out += "    - {" + (e.from.empty() ? "" : "from: " + quoted(e.from) + ", ")
           + "intercept: " + number_text(e.intercept) + "}\n";
  out += "  step_to_next: " + number_text(w.step_to_next) + "\n";
  out += "  card_at_ppm: " + std::to_string(w.card_at_ppm) + "\n";
  out += "  card_next_at_ppm: " + std::to_string(w.card_next_at_ppm) + "\n";
  if (w.terms.empty())
    return out + "  terms: []\n";
  return out + terms_text(w.terms, "  ");
}

std::string fit_text(const fit_plan& f) {
  auto out = "fit:\n  what: " + std::string{text_of(f.what)}
             + "\n  ridge: " + number_text(f.ridge)
             + "\n  wide_ridge: " + number_text(f.wide_ridge)
             + "\n  half_life_years: " + number_text(f.half_life_years) + "\n";
  return f.until.empty() ? out : out + "  until: " + quoted(f.until) + "\n";
}

std::string counting_text(const profile& p) {
  if (p.method != method::technique_count)
    return {};
  auto out = "techniques: " + parts_text(p.techniques, 12) + "\nrows:\n";
  for (const auto& r : p.rows)
    out += "  - {lead_min: " + std::to_string(r.lead_min)
           + ", steps: " + std::to_string(r.steps) + "}\n";
  return out;
}

} // namespace

std::string profile_text(const profile& p) {
  return "id: " + p.id + "\nversion: " + std::to_string(p.version) + "\ntitle: "
         + quoted(p.title) + "\nprovenance: >-\n" + folded(p.provenance)
         + "discipline: " + std::string{text_of(p.discipline)}
         + "\nmethod: " + std::string{text_of(p.method)}
         + "\ncalibration_version: " + std::to_string(p.calibration_version)
         + "\nscale: " + number_text(p.scale)
         + "\neven_share: " + number_text(p.even_share) + "\neven_card_ppm: "
         + std::to_string(p.even_card_ppm) + "\nclose_band_ppm: "
         + std::to_string(p.close_band_ppm) + "\n" + fit_text(p.fit)
         + counting_text(p) + terms_text(p.terms, "") + wide_text(p.wide);
}

} // namespace ringside::config
