#include "domain/timing/device_timeline.hpp"
#include "tests/app/node/fault_stage.hpp"

#include <algorithm>

/// What goes wrong with cameras and operators in the middle of a fight, and
/// what is left of the fusion. Everything is virtual: SOURCEs, BOUT, HARMONIZER
/// and HUB of a whole node, no socket, no real second. The same seed, the same
/// figures.
namespace ringside::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t third = 2;
/// The first strike after the faults that everybody can see is final this long
/// after their end: whoever is part of it was well again at once.
constexpr std::int64_t at_once_ms = 4'600;

bool has(const std::string& where, const std::string& what) {
  return where.find(what) != std::string::npos;
}

class vision_faults : public fault_stage {
protected:
  void kill(const std::string& name) {
    caf::anon_send_exit(services->names.open(name), caf::exit_reason::kill);
  }

  static void expect_well_at_once(const fault_figures& f) {
    EXPECT_GE(f.recovered_ms, 0) << "never";
    EXPECT_LE(f.recovered_ms, at_once_ms);
  }

  std::size_t reports_of(std::size_t camera) const {
    std::size_t n = 0;
    for (const auto& r : fight.reports)
      n += r.what.src == camera ? 1 : 0;
    return n;
  }
};

/// Some fault of the third camera during its time.
fault_script of_third(std::function<std::vector<parcel>(parcel)> way) {
  fault_script s;
  s.on_way = [way = std::move(way)](parcel p) {
    if (p.camera != third || !while_it_lasts(p.at))
      return std::vector<parcel>{std::move(p)};
    return way(std::move(p));
  };
  return s;
}

/// The value of a member of an item.
json::value& member(parcel& p, const char* key) {
  return (*p.items[0].as_object())[key];
}

TEST_F(vision_faults, nothing_goes_wrong) {
  auto f = run("nothing", {});
  EXPECT_GT(f.before, 0.9);
  EXPECT_GT(f.during, 0.9);
  EXPECT_GT(f.after, 0.9);
  EXPECT_EQ(unanswered, 0u);
  EXPECT_EQ(figure(third, "taken"),
            static_cast<std::int64_t>(reports_of(third)));
}

TEST_F(vision_faults, a_worker_is_killed_over_and_over) {
  fault_script s;
  s.each_step = [this](fight_us t) {
    // In the node; the camera's connection goes on.
    if (while_it_lasts(t) && t % 5'000'000 == 0)
      kill("source/s3");
  };
  auto f = run("SOURCE killed every 5 s", s);
  EXPECT_EQ(unanswered, 0u) << "whatever is sent meanwhile waits";
  EXPECT_EQ(figure(third, "taken"),
            static_cast<std::int64_t>(reports_of(third)))
    << "none lost, none twice";
  EXPECT_GT(f.during, 0.9);
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

TEST_F(vision_faults, a_connection_is_cut_and_everything_comes_again) {
  // Ten seconds without a line; the last five batches were not answered and
  // come a second time.
  constexpr fight_us cut = fault_begins;
  constexpr fight_us back = fault_begins + 10'000'000;
  fault_script s;
  s.on_way = [](parcel p) {
    std::vector<parcel> out;
    if (p.camera != third || p.at < cut - 5'000'000 || p.at >= back)
      return std::vector<parcel>{std::move(p)};
    auto late = p;
    late.at = back;
    if (p.at < cut)
      out.push_back(std::move(p));
    out.push_back(std::move(late));
    return out;
  };
  s.beats = [](std::size_t camera, fight_us t) {
    return camera != third || t < cut || t >= back;
  };
  auto f = run("connection cut for 10 s", s);
  EXPECT_EQ(figure(third, "taken"),
            static_cast<std::int64_t>(reports_of(third)))
    << "each once, the late ones too";
  EXPECT_GT(figure(third, "repeated"), 0);
  EXPECT_EQ(figure(third, "missing"), 0);
  EXPECT_GT(f.during, 0.88);
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

TEST_F(vision_faults, a_frozen_camera_says_nothing_at_all) {
  auto s = of_third([](const parcel&) { return std::vector<parcel>{}; });
  s.beats = [](std::size_t camera, fight_us t) {
    return camera != third || !while_it_lasts(t);
  };
  std::string meanwhile;
  s.each_step = [&](fight_us t) {
    if (t == fault_begins + 10'000'000)
      meanwhile = status(third);
  };
  auto f = run("camera frozen, no life signs", s);
  EXPECT_TRUE(has(meanwhile, R"("state":"silent")")) << meanwhile;
  EXPECT_GT(f.during, 0.88) << "its silence is no evidence";
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

TEST_F(vision_faults, a_frozen_picture_with_life_signs) {
  auto s = of_third([](const parcel&) { return std::vector<parcel>{}; });
  auto f = run("picture frozen, life signs go on", s);
  EXPECT_GT(f.during, 0.85) << "its silence speaks against, but not alone";
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

TEST_F(vision_faults, a_clock_steps_in_the_middle_of_a_combination) {
  mapping_of_third = "device";
  // Between two strikes of one combination.
  fight_us steps = 0;
  for (std::size_t i = 1; i < fight.strikes.size() && steps == 0; ++i) {
    auto t = elapsed(fusion::fight_starts, fight.strikes[i].t).count;
    auto gap = elapsed(fight.strikes[i - 1].t, fight.strikes[i].t).count;
    if (t > fault_begins && gap < 350'000)
      steps = t - gap / 2;
  }
  ASSERT_GT(steps, 0);
  // Its own clock, seven seconds ahead; then three more.
  auto shows = [this, steps](fight_us t) {
    return node_time(t).count + 7'000'000 + (t >= steps ? 3'000'000 : 0);
  };
  constexpr fight_us exchange_every = 2'000'000;
  timing::device_timeline line{1};
  fight_us exchanged = 0;
  fault_script s;
  s.each_step = [&](fight_us t) {
    if (t % exchange_every != 0)
      return;
    // A millisecond each way.
    auto s1 = node_time(t - 1'000).count;
    line.add({shows(t - 2'000), s1, s1, shows(t)});
    exchanged = t;
  };
  std::vector<parcel> own;
  s.on_way = [&](parcel p) {
    if (p.camera != third)
      return std::vector<parcel>{std::move(p)};
    own.push_back(std::move(p));
    return std::vector<parcel>{};
  };
  auto inner = s.each_step;
  std::size_t next = 0;
  s.each_step = [&, inner](fight_us t) {
    inner(t);
    for (; next < own.size() && own[next].at <= t; ++next) {
      auto& p = own[next];
      // It stamps what it sees by its own clock.
      member(p, "at_us") = json::value{shows(p.seen)};
      p.clock = intake::device_clock_view{*line.mapping(), t - exchanged};
      send_now(p);
    }
  };
  auto f = run("clock steps by 3 s", s);
  EXPECT_EQ(line.resets(), 1) << "seen by the next exchange";
  auto next_exchange = (steps / exchange_every + 1) * exchange_every;
  auto between = std::count_if(own.begin(), own.end(), [&](const auto& p) {
    return p.at >= steps && p.at <= next_exchange;
  });
  auto refused = figure(third, "refused");
  EXPECT_GE(refused, 1) << "what cannot be is refused";
  EXPECT_LE(refused, between) << "and only until the next exchange";
  expect_well_at_once(f);
  EXPECT_GT(f.during, 0.9);
  EXPECT_GT(f.after, 0.9);
}

TEST_F(vision_faults, a_source_inverts_the_corners) {
  auto s = of_third([](parcel p) {
    auto& c = member(p, "corner");
    c = json::value{*c.as_string() == "red" ? "blue" : "red"};
    return std::vector<parcel>{std::move(p)};
  });
  auto f = run("corners inverted", s);
  EXPECT_GT(f.during, 0.8) << "three cameras and the people know better";
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

TEST_F(vision_faults, a_source_floods_at_fifty_times_its_rate) {
  // It declared ten a second.
  fault_script s;
  dice d{7};
  std::uint64_t seq = 1'000'000;
  for (auto t = fault_begins; t < fault_ends; t += 100'000) {
    parcel p;
    p.at = t;
    p.camera = third;
    p.seq = ++seq;
    for (int i = 0; i < 50; ++i)
      p.items.push_back(
        json::object{{"kind", d.chance(500'000) ? "jab" : "kick"},
                     {"corner", d.chance(500'000) ? "red" : "blue"},
                     {"at_us", std::int64_t{0}}});
    s.more.push_back(std::move(p));
  }
  s.fill_times = true;
  // After it, the camera counts on from there.
  s.on_way = [&seq](parcel p) {
    if (p.camera == third && p.at >= fault_begins)
      p.seq = ++seq;
    return std::vector<parcel>{std::move(p)};
  };
  std::string meanwhile;
  s.each_step = [&](fight_us t) {
    if (t == fault_begins + 5'000'000)
      meanwhile = status(third);
  };
  auto f = run("flood of 500 a second", s);
  EXPECT_TRUE(has(meanwhile, R"("quarantine":"flood")")) << meanwhile;
  EXPECT_GT(f.during, 0.85) << "it is held back within a second";
  EXPECT_GT(f.after, 0.88);
  EXPECT_GE(f.recovered_ms, 10'000) << "a quarantine lasts";
  EXPECT_LE(f.recovered_ms, 25'000);
  EXPECT_TRUE(has(status(third), R"("quarantine":"none")"));
}

TEST_F(vision_faults, all_operators_are_one_second_late) {
  fault_script s;
  s.whose = "account/";
  s.hand = [](tap& t) {
    if (!while_it_lasts(t.at))
      return;
    t.at += 1'000'000;
    t.said += 1'000'000;
  };
  auto f = run("operators' hands 1 s late", s);
  EXPECT_GT(f.quality_during.recall(), 0.85) << "cameras carry the bout";
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

TEST_F(vision_faults, the_operators_network_is_one_second_late) {
  fault_script s;
  s.whose = "account/";
  s.hand = [](tap& t) {
    if (while_it_lasts(t.at))
      t.at += 1'000'000;
  };
  auto f = run("operators' network 1 s late", s);
  EXPECT_GT(f.during, 0.88) << "right times, too late: evidence only";
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

TEST_F(vision_faults, messages_are_corrupted) {
  dice d{11};
  auto s = of_third([&d](parcel p) {
    switch (d.below(5)) {
    case 0:
      p.items[0] = json::value{json::object{}};
      break;
    case 1:
      member(p, "kind") = json::value{std::int64_t{17}};
      break;
    case 2:
      member(p, "at_us") = json::value{"soon"};
      break;
    case 3:
      member(p, "corner") = json::value{"purple"};
      break;
    default:
      p.seq = 0;
    }
    return std::vector<parcel>{std::move(p)};
  });
  auto f = run("every message corrupted", s);
  EXPECT_EQ(unanswered, 0u) << "each is answered";
  EXPECT_GT(figure(third, "refused"), 0);
  EXPECT_GT(f.during, 0.8);
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

TEST_F(vision_faults, a_vendor_has_a_new_label) {
  dice d{13};
  auto s = of_third([&d](parcel p) {
    if (d.chance(500'000))
      member(p, "kind") = json::value{"spinning_elbow_v2"};
    return std::vector<parcel>{std::move(p)};
  });
  auto f = run("half of the labels unknown", s);
  EXPECT_TRUE(has(status(third), R"("name":"spinning_elbow_v2")"))
    << "people see which label is missing";
  EXPECT_GT(f.during, 0.85);
  EXPECT_GT(f.after, 0.9);
  expect_well_at_once(f);
}

class vision_order : public vision_faults {
protected:
  /// The final events of a fight whose messages take such ways.
  static fault_script shuffled(dice& d) {
    fault_script s;
    s.on_way = [&d](parcel p) {
      auto again = p;
      p.at += d.below(30'000);
      again.at += d.below(400'000);
      return std::vector<parcel>{std::move(p), std::move(again)};
    };
    return s;
  }
};

TEST_F(vision_order, messages_come_twice_and_out_of_order) {
  dice d{17};
  auto f = run("doubled and reordered", shuffled(d));
  EXPECT_EQ(unanswered, 0u);
  for (std::size_t n = 0; n < 4; ++n) {
    EXPECT_EQ(figure(n, "taken"), static_cast<std::int64_t>(reports_of(n)));
    EXPECT_EQ(figure(n, "repeated"), static_cast<std::int64_t>(reports_of(n)));
    EXPECT_EQ(figure(n, "missing"), 0);
  }
  EXPECT_GT(f.before, 0.9);
  EXPECT_GT(f.during, 0.9);
  EXPECT_GT(f.after, 0.9);
}

} // namespace
} // namespace ringside::test
