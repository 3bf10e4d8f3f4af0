#include "app/simulate/script.hpp"

#include "app/config/yaml_file.hpp"
#include "app/simulate/script_event.hpp"
#include "domain/base/limits.hpp"
#include "domain/base/strong_id.hpp"

#include <charconv>

namespace ringside::simulate {

namespace {

using config::yaml_reader;

constexpr round_ms usual_length{300'000};
constexpr round_ms longest{3'600'000};
constexpr std::size_t events_max = 10'000;

std::optional<rules::round_score> parse_card(std::string_view text) noexcept {
  auto dash = text.find('-');
  if (dash == std::string_view::npos)
    return std::nullopt;
  auto read = [](std::string_view part) -> std::optional<int> {
    auto n = 0;
    const auto* end = part.data() + part.size();
    auto [stop, fault] = std::from_chars(part.data(), end, n);
    if (part.empty() || fault != std::errc{} || stop != end || n < 0 || n > 20)
      return std::nullopt;
    return n;
  };
  auto red = read(text.substr(0, dash));
  auto blue = read(text.substr(dash + 1));
  if (!red || !blue)
    return std::nullopt;
  return rules::round_score{{whole_points(*red), whole_points(*blue)}};
}

std::optional<corner> read_winner(yaml_reader& in) {
  if (!in.has("winner"))
    return std::nullopt;
  auto who = parse_corner(in.text("winner"));
  if (!who)
    in.refuse_value("winner", "must be red or blue");
  return who;
}

script_end read_end(yaml_reader in, round_ms length) {
  script_end end;
  end.at = read_clock(in, "at", round_ms{1});
  end.winner = read_winner(in);
  end.method = in.name<rules::result_kind>("method");
  if (end.at > length)
    in.refuse_value("at", "is after the end of the round");
  return end;
}

void read_cards(yaml_reader& in, std::size_t judges, script_round& r) {
  if (r.end)
    return;
  auto texts = in.texts("cards");
  if (texts.size() != judges)
    in.refuse_value("cards", "needs one card for each of the "
                               + std::to_string(judges) + " judges");
  for (const auto& text : texts) {
    auto card = parse_card(text);
    if (!card)
      in.refuse_value("cards",
                      "has '" + text + "', which is no score such as 10-9");
    r.cards.push_back(card.value_or(rules::round_score{}));
  }
}

script_round read_round(yaml_reader& in, std::size_t judges) {
  script_round r;
  r.length
    = in.has("length") ? read_clock(in, "length", usual_length) : usual_length;
  if (r.length.count == 0 || r.length > longest)
    in.refuse_value("length", "must be between 0:00.001 and 60:00");
  if (in.has("finish")) {
    r.end = read_end(in.section("finish"), r.length);
    r.length = r.end->at;
  }
  // An event at the very moment of the end still happened.
  round_events events{r.end ? r.length + round_ms{1} : r.length};
  std::size_t count = 0;
  in.each("events", [&](yaml_reader& item) {
    events.read(item);
    ++count;
  });
  if (count > events_max)
    in.refuse_value("events", "are more than 10000");
  r.plan = std::move(events).plan();
  read_cards(in, judges, r);
  return r;
}

script_expectation read_expectation(yaml_reader in) {
  return {in.name<rules::result_kind>("result"), read_winner(in)};
}

void check_order(yaml_reader& root, const script& s) {
  for (std::size_t i = 0; i + 1 < s.rounds.size(); ++i)
    if (s.rounds[i].end)
      root.refuse_field("rounds[" + std::to_string(i + 1) + "]",
                        "there is no round after a finish");
  auto fought = static_cast<int>(s.rounds.size());
  auto ended = !s.rounds.empty() && s.rounds.back().end;
  if (fought > s.scheduled_rounds || (!ended && fought < s.scheduled_rounds))
    root.refuse_value("rounds", "must be as many as scheduled, or end with a "
                                "finish");
}

script read_script(yaml_reader& root) {
  script s;
  s.id = root.text("id");
  s.title = root.text("title");
  s.ruleset = root.text("ruleset");
  s.scheduled_rounds = root.small("scheduled_rounds", 1, limits::rounds_max);
  auto fighters = root.section("fighters");
  s.fighters = {fighters.text("red"), fighters.text("blue")};
  s.judges = root.texts("judges");
  if (s.judges.empty()
      || s.judges.size() > static_cast<std::size_t>(limits::seats_max))
    root.refuse_value("judges", "must be one to five names");
  root.each("rounds", [&](yaml_reader& item) {
    s.rounds.push_back(read_round(item, s.judges.size()));
  });
  if (root.has("expect"))
    s.expect = read_expectation(root.section("expect"));
  if (!valid_id_text(s.id))
    root.refuse_value("id", "must be letters, digits, dots, dashes");
  if (root.clean())
    check_order(root, s);
  return s;
}

} // namespace

result<script> load_script(const std::filesystem::path& path) {
  return config::read_yaml<script>(path, read_script);
}

result<script> parse_script(const std::string& text, const std::string& name) {
  return config::read_yaml<script>(config::parse_yaml(text, name), name,
                                   read_script);
}

} // namespace ringside::simulate
