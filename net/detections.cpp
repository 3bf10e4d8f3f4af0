#include "net/detections.hpp"

#include <memory>

namespace ringside::routing {

/// One of `done`, as `field_reader::list` looks for it.
static void fields(wire::field_reader& f, finished_job& to) {
  f.integer("job", to.id, 1, json::integer_max);
  if (f.has("error")) {
    f.text("error", to.error);
    return;
  }
  const auto* items = f.required("items");
  if (items == nullptr)
    return;
  if (const auto* list = items->as_array())
    to.items = std::make_shared<const json::array>(*list);
  else
    f.fail(refuse(ec::malformed, "items is a list", f.path_of("items")));
}

} // namespace ringside::routing

namespace ringside::net {

namespace {

/// What the router gives at once, and what a worker may hold, twice.
constexpr std::int64_t want_max = 8;
constexpr std::size_t done_max = 32;

} // namespace

void read_batch(wire::field_reader& f, intake::batch& to) {
  f.integer("seq", to.seq, 1, json::integer_max);
  const auto* items = f.required("items");
  if (items == nullptr)
    return;
  if (const auto* list = items->as_array())
    to.items = std::make_shared<const json::array>(*list);
  else
    f.fail(refuse(ec::malformed, "items is a list", f.path_of("items")));
}

void read_work(wire::field_reader& f, protocol::get_work& to) {
  f.integer_or("want", to.want, std::size_t{1}, 0, want_max);
  f.integer_or("load_ppm", to.load_ppm, std::int64_t{-1}, 0, 1'000'000);
  f.integer_or("run", to.run, std::uint64_t{0}, 1, json::integer_max);
  f.list("done", to.done, done_max);
}

} // namespace ringside::net
