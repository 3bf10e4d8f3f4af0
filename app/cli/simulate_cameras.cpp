#include "app/cli/simulate_cameras.hpp"

#include "app/feed/play.hpp"

#include <iostream>
#include <optional>
#include <utility>

namespace ringside::cli {

int run_cameras(const camera_arguments& args) {
  if (args.speed != 0 && args.speed != 1)
    return fail(refuse(ec::invalid_value,
                       "a fight with cameras has one speed, 1: strikes, "
                       "reaction and the windows of the fusion are real time",
                       "speed", "a shorter fight is --seconds"),
                args.json);
  feed::play_options options;
  options.settings = args.settings;
  if (auto ok = feed::check(options.settings); !ok)
    return fail(ok.reason(), args.json);
  if (on_terminal())
    options.progress = [](std::int64_t done_ms, std::int64_t of_ms) {
      draw_bar(static_cast<std::uint64_t>(done_ms / 1'000),
               static_cast<std::uint64_t>(of_ms / 1'000), "s");
    };
  std::optional<feed::feed_outcome> outcome;
  auto verify
    = replay::on_stage(args.stage, [&](const officials::place& where,
                                       const officials::token_maker& tokens) {
        auto done = feed::play(options, where, tokens);
        if (!done)
          return result<unit>{done.reason()};
        outcome = std::move(*done);
        return result<unit>{unit{}};
      });
  if (!verify)
    return fail(verify.reason(), args.json);
  clear_bar();
  auto sound = !*verify || (*verify)->sound;
  if (args.json) {
    auto body = feed::json_of(*outcome);
    if (*verify) {
      body.as_object()->emplace("journal_sound", sound);
      body.as_object()->emplace("journal_entries",
                                static_cast<std::int64_t>((*verify)->entries));
    }
    std::cout << json::to_text(body) << '\n';
  } else {
    std::cout << feed::text_of(*outcome);
    if (*verify)
      std::cout << "  the journal "
                << (sound ? "is sound, " + std::to_string((*verify)->entries)
                              + " entries"
                          : "is NOT sound: " + (*verify)->detail)
                << '\n';
  }
  return sound ? exit_done : exit_failed;
}

CLI::Option* add_camera_options(CLI::App& sub, camera_arguments& args) {
  auto& s = args.settings;
  auto* chosen
    = sub
        .add_option("--synthetic-cameras", s.cameras,
                    "Play one bout with so many synthetic cameras, in real "
                    "time, and compare what is fused with the truth; 1 to 16")
        ->check(CLI::Range(1, feed::cameras_max));
  auto only = [chosen](CLI::Option* o) { o->needs(chosen); };
  only(sub
         .add_option("--operators", s.operators,
                     "Synthetic operators beside the cameras; default: 3")
         ->check(CLI::Range(0, feed::operators_max)));
  only(sub
         .add_option("--seconds", s.seconds,
                     "Fighting time of all rounds together; default: 90")
         ->check(CLI::Range(feed::seconds_min, feed::seconds_max)));
  only(sub
         .add_option("--feints", s.feints_ppm,
                     "Feints per million strikes; default: none")
         ->check(CLI::Range(0, 1'000'000)));
  only(sub
         .add_option("--dropouts", s.dropouts,
                     "How often a camera is cut off for a tenth of a round; "
                     "default: never")
         ->check(CLI::Range(0, 100)));
  return chosen;
}

} // namespace ringside::cli
