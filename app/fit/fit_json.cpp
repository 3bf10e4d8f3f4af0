#include "app/fit/fit_profile.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

namespace ringside::fit {

namespace {

using nlohmann::ordered_json;

std::int64_t in_ppm(double x) {
  return std::llround(x * 1e6);
}

ordered_json terms_json(const std::vector<scoring::term>& terms) {
  auto out = ordered_json::array();
  for (const auto& t : terms)
    out.push_back({{"id", t.id},
                   {"shape", text_of(t.shape)},
                   {"weight_ppm", in_ppm(t.weight)}});
  return out;
}

} // namespace

std::string json_of(const scoring::profile& p,
                    const std::vector<labelled_round>& rounds) {
  ordered_json wide;
  wide["eras"] = ordered_json::array();
  for (const auto& e : p.wide.eras)
    wide["eras"].push_back(
      {{"from", e.from}, {"intercept_ppm", in_ppm(e.intercept)}});
  wide["step_to_next_ppm"] = in_ppm(p.wide.step_to_next);
  wide["terms"] = terms_json(p.wide.terms);
  ordered_json o;
  o["profile"] = p.id;
  o["version"] = p.version;
  o["until"] = p.fit.until;
  o["rounds"] = rounds.size();
  o["scale_ppm"] = in_ppm(p.scale);
  o["even_share_ppm"] = in_ppm(p.even_share);
  o["terms"] = terms_json(p.terms);
  o["wide"] = std::move(wide);
  return o.dump();
}

} // namespace ringside::fit
