#pragma once

#include "domain/vision/routing/job.hpp"
#include "domain/vision/routing/settings.hpp"
#include "domain/vision/routing/stream.hpp"
#include "domain/vision/routing/worker.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::routing {

struct router_counters {
  std::uint64_t offered = 0;
  std::uint64_t handed = 0;
  std::uint64_t done = 0;
  std::uint64_t retried = 0;
  std::uint64_t dead_letters = 0;
  std::uint64_t moves = 0;
  std::uint64_t deaths = 0;
  /// Results of attempts that were over already.
  std::uint64_t stale = 0;
};

/// Gives the pictures of cameras to vision workers. Workers pull: none gets
/// more than it asks for, and what is given counts at once. Pure.
///
/// Every batch is waiting, at exactly one worker, or finished (done or given
/// up) until its camera says that it heard of it. What a worker failed at, or
/// died with, goes back to the head of its stream.
///
/// Memory: as many streams and workers as a node has sources, and for each
/// stream as many batches as a camera's backlog.
class work_router {
public:
  using stream_map = std::map<std::string, stream, std::less<>>;
  using worker_map = std::map<std::string, worker, std::less<>>;

  /// @param first_id Above every number that an earlier router gave; the time
  ///        in microseconds will do.
  explicit work_router(std::uint64_t first_id, const settings& s = {});

  work_router(const work_router&) = delete;
  work_router& operator=(const work_router&) = delete;

  // -- cameras ----------------------------------------------------------------

  /// Batches that the camera has unfinished. Those that are known change
  /// nothing. @param all These are all: forget what is not among them.
  void offer(const std::string& camera,
             const std::vector<offered_batch>& batches, bool all, mono_us now);

  /// What is finished and was not said yet; said from now on.
  std::vector<told_outcome> take_outcomes();

  /// The camera heard it, or did not: then it is to be said again.
  void heard(const std::string& camera, std::uint64_t seq, bool well);

  // -- workers ----------------------------------------------------------------

  /// A question or a life sign. False: there are too many workers.
  bool hear(const worker_word& word, mono_us now);

  /// What its source says about a worker; unknown ones are none of its concern.
  void drain(const std::string& worker, bool on, mono_us now);

  void finish(const std::string& worker, const std::vector<finished_job>& done,
              mono_us now);

  /// At most `want` batches for a worker that was heard.
  std::vector<handed_job> hand_out(const std::string& worker, std::size_t want,
                                   mono_us now);

  /// Deaths, batches that take or wait too long, moves; call it a few times a
  /// second.
  void look(mono_us now);

  // -- observers --------------------------------------------------------------

  const stream_map& streams() const noexcept {
    return streams_;
  }
  const worker_map& workers() const noexcept {
    return workers_;
  }
  const router_counters& counters() const noexcept {
    return counters_;
  }
  const std::deque<dead_letter>& dead_letters() const noexcept {
    return dead_letters_;
  }

  /// May get work.
  static bool usable(const worker& w) noexcept;

  /// Work a second that its streams bring, parts of a million of its time, and
  /// what waits already; at least what it says itself.
  std::int64_t load_ppm(const std::string& id) const;

private:
  struct place {
    std::string camera;
    std::uint64_t seq = 0;
    std::string worker;
  };

  struct choice {
    const std::string* camera = nullptr;
    stream* from = nullptr;
    job* what = nullptr;
  };

  void forget_others(stream& s, const std::vector<offered_batch>& batches);

  // -- one batch --------------------------------------------------------------

  handed_job hand(const std::string& camera, stream& s, job& j,
                  const std::string& to, mono_us now);
  /// It is at no worker any more.
  void take_back(stream& s, job& j);
  void done(stream& s, job& j, items_ptr seen);
  /// An attempt failed: it waits again, or is given up.
  void fail(const std::string& camera, stream& s, job& j, std::string why,
            mono_us now);
  void give_up(const std::string& camera, stream& s, job& j, std::string why,
               mono_us now);

  // -- workers ----------------------------------------------------------------

  void finish_one(const std::string& id, worker& w, const finished_job& f,
                  mono_us now);
  /// A failed attempt, charged to the worker only if nobody failed before.
  void blame(const std::string& id, worker& w, std::uint64_t job_id,
             std::string why, mono_us now);
  /// Takes everything from it. @param why Counts as a failed attempt; nothing:
  ///        it does not.
  void strip(const std::string& id, worker& w, std::optional<std::string> why,
             mono_us now);
  /// It is gone: what it held goes elsewhere.
  void bury(const std::string& id, worker& w, std::string why, mono_us now);
  /// How many batches it may hold.
  std::size_t room_of(const worker& w) const noexcept;
  std::optional<handed_job> trial_for(worker& w, mono_us now);
  /// The batch that waits longest of those that may go to this worker now.
  choice next_for(const std::string& id);
  void look_at_workers(mono_us now);
  void look_at_batches(mono_us now);

  // -- balance ----------------------------------------------------------------

  std::int64_t service_of(const worker& w) const;
  std::int64_t demand_ppm(const stream& s, const worker& w) const;
  std::int64_t score(const std::string& id, const worker& w) const;
  /// The least loaded one that may get this stream; null: nobody.
  const std::string* best_worker(const std::string& camera,
                                 const std::string& but) const;
  /// Puts streams where they may be; moves those that stand empty.
  void place_streams(mono_us now);
  void place_one(const std::string& camera, stream& s, mono_us now);
  void settle(stream& s, mono_us now);
  void rebalance(mono_us now);
  void rate_streams(mono_us now);

  settings settings_;
  std::uint64_t next_id_;
  stream_map streams_;
  worker_map workers_;
  std::map<std::uint64_t, place> handed_;
  std::deque<dead_letter> dead_letters_;
  /// What a worker in quarantine may try itself at: the last one that went
  /// well.
  std::optional<offered_batch> sample_;
  std::string sample_camera_;
  router_counters counters_;
  mono_us rated_;
  bool rating_ = false;
};

} // namespace ringside::routing
