#pragma once

#include "domain/base/dice.hpp"
#include "domain/vision/fusion/quality.hpp"
#include "domain/vision/intake/source_book.hpp"
#include "tests/support/node_fixture.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ringside::test {

/// Microseconds of the fight, from its first bell.
using fight_us = std::int64_t;

inline constexpr fight_us fault_begins = 40'000'000;
inline constexpr fight_us fault_ends = 80'000'000;
inline constexpr fight_us fight_ends = 120'000'000;

inline bool while_it_lasts(fight_us t) {
  return t >= fault_begins && t < fault_ends;
}

/// A batch on its way.
struct parcel {
  /// When it reaches the node.
  fight_us at = 0;
  std::size_t camera = 0;
  std::uint64_t seq = 0;
  /// When its only report was seen.
  fight_us seen = 0;
  json::array items;
  std::optional<intake::device_clock_view> clock;
};

/// A strike that an operator logs.
struct tap {
  fight_us at = 0;
  /// What the device says when it was.
  fight_us said = 0;
  std::size_t who = 0;
  fusion::report what;
};

/// What goes wrong. Empty functions: nothing.
struct fault_script {
  /// Whose evidence shows that it is over: `source/s3`, `account/o1`.
  std::string whose = "source/s3";
  std::function<void(fight_us)> each_step;
  std::function<std::vector<parcel>(parcel)> on_way;
  std::function<bool(std::size_t camera, fight_us)> beats;
  std::function<void(tap&)> hand;
  /// More batches than the cameras send; sorted by nobody.
  std::vector<parcel> more;
  /// Gives all items of those the time at which they arrive.
  bool fill_times = false;
};

/// How good the fusion was before, during and after.
struct fault_figures {
  double before = 0;
  double during = 0;
  double after = 0;
  fusion::quality quality_during;
  /// From the end of the fault to the first right event that the source is
  /// part of again; negative: never.
  std::int64_t recovered_ms = -1;
  /// Final events: id, time, kind, probability.
  std::vector<std::string> finals;
};

/// Four cameras and three operators of one bout, two minutes, in a whole node
/// under virtual time. From 40 to 80 s something goes wrong.
class fault_stage : public node_tree_fixture {
protected:
  void SetUp() override;

  /// Plays the fight and prints the figures under `name`.
  fault_figures run(const std::string& name, fault_script script);

  /// `GET /sources/{id}` of camera `n`.
  std::string status(std::size_t n);

  /// Sends a batch at once.
  void send_now(const parcel& p) {
    deliver(p);
  }

  /// A number of that, by its key.
  std::int64_t figure(std::size_t n, const std::string& key);

  /// On the node's timeline.
  mono_us node_time(fight_us t) const {
    return {base_.count + t};
  }

  mono_us now();

  static std::string source_id(std::size_t n) {
    return "s" + std::to_string(n + 1);
  }

  /// One item as the mapping of the test has it.
  json::value item(const fusion::report& r, std::int64_t at_us) const;

  /// Mapping of camera 2, `device` where its clock is its own.
  std::string mapping_of_third = "ringside";
  fusion::synthetic_fight fight;
  std::size_t unanswered = 0;

private:
  struct heard_frame {
    fight_us at = 0;
    std::string text;
  };

  template <class Handle, class T>
  pending<protocol::text_answer> post(const std::string& name, T what);
  void make_sources();
  void open_bout();
  void follow();
  std::vector<parcel> parcels(const fault_script& script) const;
  std::vector<tap> taps(const fault_script& script) const;
  void deliver(const parcel& p);
  void deliver(const tap& t);
  void beat(const fault_script& script, fight_us t);
  fault_figures weigh(const fault_script& script) const;

  mono_us base_;
  timeline time_;
  std::shared_ptr<fight_us> clock_ = std::make_shared<fight_us>(0);
  std::shared_ptr<std::vector<heard_frame>> heard_
    = std::make_shared<std::vector<heard_frame>>();
  std::vector<pending<protocol::text_answer>> asked_;
};

} // namespace ringside::test
