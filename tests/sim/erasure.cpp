#include "domain/audit/personal.hpp"
#include "persistence/journal_writer.hpp"
#include "tests/sim/simulation.hpp"

namespace ringside::sim {

/// Mostly one of those that are there, sometimes one that is gone.
std::optional<std::uint64_t> simulation::pick_text() {
  std::vector<std::uint64_t> texts;
  for (const auto& e : disk_.disk->image().entries)
    if (e.personal || (source_() % 8 == 0 && durable_.erased().contains(e.seq)))
      texts.push_back(e.seq);
  if (texts.empty())
    return std::nullopt;
  return texts[source_() % texts.size()];
}

/// As `ringside admin erase` does it: first the journal says so, then the text
/// goes; and in between the power may.
void simulation::erase_something() {
  auto victim = pick_text();
  if (!victim)
    return;
  auto world = make_world();
  auto store = world->open_writer();
  if (!store)
    return;
  auto writer
    = persistence::journal_writer::open(**store, world->origin, world->random);
  if (!writer)
    return;
  auto data = json::to_text(audit::erased_data(*victim, "the person asked"));
  persistence::append_batch said{
    bout_id{std::string{audit::system_bout}},
    std::nullopt,
    {{"admin:offline", std::string{audit::kind_personal_erased}, data, {}}}};
  if (!writer->commit({&said, 1}, wall()).front() || source_() % 4 == 0)
    return log_.count("erasures_cut");
  if (!(*store)->erase_personal(*victim))
    return log_.count("erasures_cut");
  log_.note("erased the text of entry " + std::to_string(*victim));
  log_.count("erasures");
  durable_.erased(*victim, disk_.disk->image());
  // Whoever erases a text also destroys the copies that hold it.
  older_.reset();
}

} // namespace ringside::sim
