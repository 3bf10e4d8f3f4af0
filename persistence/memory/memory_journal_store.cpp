#include "persistence/memory/memory_journal_store.hpp"

#include "persistence/append_check.hpp"

#include <algorithm>
#include <utility>

namespace ringside::persistence {

namespace {

error disk_full() {
  return refuse(ec::io_error, "the memory disk is full", {},
                "free disk space, then start again");
}

result<journal_head> checked_head(const memory_image& image) {
  if (image.entries.size() == image.head.size)
    return image.head;
  return refuse(ec::corrupt, "journal: the head says "
                               + std::to_string(image.head.size)
                               + " entries, there are "
                               + std::to_string(image.entries.size()));
}

/// The half-open range of positions that a read of `limit` from `first` gives.
std::pair<std::size_t, std::size_t>
window(std::uint64_t first, std::size_t limit, std::size_t size) {
  auto begin = static_cast<std::size_t>(std::min<std::uint64_t>(first, size));
  return {begin, begin + std::min(limit, size - begin)};
}

tail_lookup tails_of(const memory_image& image) {
  return [&image](const bout_id& bout) {
    std::optional<std::uint32_t> last;
    if (auto i = image.bouts.find(bout); i != image.bouts.end())
      last = image.entries[i->second.back()].bseq;
    return result{last};
  };
}

void write_batch(memory_image& image, std::span<const journal_entry> entries,
                 const journal_head& head) {
  for (const auto& entry : entries) {
    image.bytes += bytes_of(entry);
    image.bouts[entry.bout].push_back(entry.seq);
    image.entries.push_back(entry);
  }
  image.head = head;
}

std::uint64_t size_of(std::span<const journal_entry> entries) {
  std::uint64_t sum = 0;
  for (const auto& entry : entries)
    sum += bytes_of(entry);
  return sum;
}

} // namespace

template <class F>
auto memory_journal_store::run(memory_disk& disk, store_op op, F call)
  -> decltype(call(disk)) {
  std::lock_guard guard{disk.mutex_};
  ++disk.calls_;
  auto now = disk.plan_ ? disk.plan_(op, disk.calls_) : fault{};
  if (now.what == fault::kind::fail)
    return refuse(ec::io_error, "injected fault");
  disk.apply(now);
  auto answer = call(disk);
  if (now.what == fault::kind::fail_after && answer)
    return refuse(ec::io_error, "injected fault after the fact");
  return answer;
}

memory_journal_store::memory_journal_store(std::shared_ptr<memory_disk> disk,
                                           bool read_only)
  : disk_(std::move(disk)), read_only_(read_only), gate_(read_only) {
  // nop
}

memory_journal_store::~memory_journal_store() {
  std::lock_guard guard{disk_->mutex_};
  if (!read_only_)
    disk_->writer_ = false;
}

result<std::unique_ptr<memory_journal_store>>
memory_journal_store::open(std::shared_ptr<memory_disk> disk,
                           const memory_options& options) {
  auto ready = run(*disk, store_op::open, [&](memory_disk& d) -> result<unit> {
    if (options.read_only)
      return d.image_.created
               ? result<unit>{unit{}}
               : refuse(ec::not_found, "no journal on the memory disk");
    return unit{};
  });
  if (!ready)
    return ready.reason();
  if (!options.read_only) {
    std::lock_guard guard{disk->mutex_};
    if (disk->writer_)
      return refuse(ec::unavailable, "another store writes the memory disk");
    disk->writer_ = true;
    disk->image_.created = true;
  }
  return std::unique_ptr<memory_journal_store>{
    new memory_journal_store{std::move(disk), options.read_only}};
}

result<unit>
memory_journal_store::append(std::span<const journal_entry> entries,
                             const journal_head& head) {
  if (auto no = gate_.refusal())
    return *no;
  auto call = [&](memory_disk& d) -> result<unit> {
    auto before = checked_head(d.image_);
    if (!before)
      return before.reason();
    auto ok = check_append(*before, entries, head, tails_of(d.image_));
    if (!ok || entries.empty())
      return ok;
    if (d.image_.bytes + size_of(entries) > d.capacity_)
      return disk_full();
    write_batch(d.image_, entries, head);
    return unit{};
  };
  auto done = run(*disk_, store_op::append, call);
  if (!done && done.reason().code == ec::io_error)
    gate_.close(done.reason());
  return done;
}

result<bool> memory_journal_store::erase_personal(std::uint64_t seq) {
  if (auto no = gate_.refusal())
    return *no;
  auto call = [&](memory_disk& d) -> result<bool> {
    auto& all = d.image_.entries;
    if (seq >= all.size() || !all[seq].personal)
      return false;
    d.image_.bytes -= all[seq].personal->payload.size();
    all[seq].personal.reset();
    return true;
  };
  auto done = run(*disk_, store_op::erase_personal, call);
  if (!done && done.reason().code == ec::io_error)
    gate_.close(done.reason());
  return done;
}

result<journal_head> memory_journal_store::head() {
  return run(*disk_, store_op::head,
             [](memory_disk& d) { return checked_head(d.image_); });
}

result<std::vector<journal_entry>>
memory_journal_store::read(std::uint64_t seq, std::size_t limit) {
  return run(*disk_, store_op::read, [=](memory_disk& d) {
    const auto& all = d.image_.entries;
    auto [begin, end] = window(seq, limit, all.size());
    auto slice = std::span{all}.subspan(begin, end - begin);
    return result{std::vector<journal_entry>(slice.begin(), slice.end())};
  });
}

result<std::vector<journal_entry>>
memory_journal_store::read_bout(const bout_id& bout, std::uint32_t bseq,
                                std::size_t limit) {
  return run(*disk_, store_op::read_bout, [&](memory_disk& d) {
    std::vector<journal_entry> out;
    auto found = d.image_.bouts.find(bout);
    if (found == d.image_.bouts.end())
      return result{std::move(out)};
    const auto& seqs = found->second;
    auto [begin, end] = window(bseq, limit, seqs.size());
    for (auto i = begin; i < end; ++i)
      out.push_back(d.image_.entries[seqs[i]]);
    return result{std::move(out)};
  });
}

result<std::vector<bout_tail>> memory_journal_store::tails() {
  return run(*disk_, store_op::tails, [](memory_disk& d) {
    std::vector<bout_tail> out;
    for (const auto& [bout, seqs] : d.image_.bouts) {
      const auto& last = d.image_.entries[seqs.back()];
      out.push_back({bout, last.bseq, last.leaf, last.seq});
    }
    return result{std::move(out)};
  });
}

result<std::vector<audit::hash>>
memory_journal_store::leaves(std::uint64_t seq, std::size_t limit) {
  return run(*disk_, store_op::leaves, [=](memory_disk& d) {
    std::vector<audit::hash> out;
    auto [begin, end] = window(seq, limit, d.image_.entries.size());
    for (auto i = begin; i < end; ++i)
      out.push_back(d.image_.entries[i].leaf);
    return result{std::move(out)};
  });
}

result<unit> memory_journal_store::put_checkpoint(const checkpoint_row& row) {
  if (auto no = gate_.refusal())
    return *no;
  auto call = [&](memory_disk& d) -> result<unit> {
    auto known = checked_head(d.image_);
    if (!known)
      return known.reason();
    std::optional<checkpoint_row> kept;
    auto& rows = d.image_.checkpoints;
    if (auto i = rows.find(row.size); i != rows.end())
      kept = i->second;
    auto fresh = check_checkpoint(*known, kept, row);
    if (!fresh)
      return fresh.reason();
    if (*fresh && d.image_.bytes + row.note.size() > d.capacity_)
      return disk_full();
    if (*fresh)
      d.image_.bytes += row.note.size();
    rows.emplace(row.size, row);
    return unit{};
  };
  auto done = run(*disk_, store_op::put_checkpoint, call);
  if (!done && done.reason().code == ec::io_error)
    gate_.close(done.reason());
  return done;
}

result<std::vector<checkpoint_row>> memory_journal_store::checkpoints() {
  return run(*disk_, store_op::checkpoints, [](memory_disk& d) {
    std::vector<checkpoint_row> out;
    for (const auto& [size, row] : d.image_.checkpoints)
      out.push_back(row);
    return result{std::move(out)};
  });
}

result<std::optional<checkpoint_row>> memory_journal_store::last_checkpoint() {
  return run(*disk_, store_op::last_checkpoint, [](memory_disk& d) {
    std::optional<checkpoint_row> out;
    if (!d.image_.checkpoints.empty())
      out = d.image_.checkpoints.rbegin()->second;
    return result{std::move(out)};
  });
}

} // namespace ringside::persistence
