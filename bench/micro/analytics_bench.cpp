#include "app/config/load_scene.hpp"
#include "domain/vision/analytics/camera.hpp"
#include "domain/vision/analytics/scene_player.hpp"

#include <benchmark/benchmark.h>

/// What one camera's pictures cost: a whole invented fight through one
/// `camera`, with and without joints.
namespace {

using namespace ringside;
using namespace ringside::analytics;

std::vector<frame> film(bool joints) {
  auto file = config::load_scene(config::default_scene_dir() / "war.yaml");
  if (!file)
    return {};
  file->scene.cameras[0].joint_milli = joints ? 4 : -1;
  scene_player player{file->scene, 0};
  std::vector<frame> out;
  while (auto f = player.next())
    out.push_back(*f);
  return out;
}

void pictures(benchmark::State& state) {
  auto frames = film(state.range(0) != 0);
  std::vector<event_report> out;
  for (auto _ : state) {
    camera cam;
    for (const auto& f : frames) {
      out.clear();
      benchmark::DoNotOptimize(cam.take(f, out));
    }
  }
  state.SetItemsProcessed(state.iterations()
                          * static_cast<std::int64_t>(frames.size()));
}

BENCHMARK(pictures)->ArgName("joints")->Arg(0)->Arg(1);

} // namespace
