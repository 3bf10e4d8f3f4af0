#pragma once

#include "actors/runtime/child_spec.hpp"
#include "app/node/world.hpp"

#include <memory>

namespace ringside {

/// The actors of one node, as its supervisor starts and stops them:
///
///     node
///     ├── node/health    first, so that everybody can report
///     ├── node/reader    detached; the journal read
///     ├── node/journal   detached; the journal written
///     ├── node/audit     tree, checkpoints, proofs
///     ├── node/evidence  detached; the evidence bundle of a bout
///     ├── node/hub       the way out
///     ├── node/accounts  people and tokens
///     ├── node/calibration  detached; settings and scoring profiles
///     ├── node/shadows   judges in training
///     ├── node/history   judges and fighters over all bouts
///     ├── node/clock     clocks of devices, steps of the wall clock
///     ├── arena          rest-for-one: a new `arena/bouts` needs new `bouts`
///     │   ├── arena/bouts   one supervisor per bout below it
///     │   │   └── bout/<id>: bout, seat/1 .. seat/n, desk/<role>,
///     │   │       advisers: scorer
///     │   └── bouts      which bouts there are
///     ├── vision         rest-for-one
///     │   ├── vision/pool      one SOURCE each
///     │   ├── vision/sources   which sources there are
///     │   └── vision/failover  which of them are listened to
///     ├── node/simulation/worker   detached; blocks while one runs
///     └── node/simulation          the queue of simulations and their records
supervisor_spec node_tree(std::shared_ptr<const node_world> world);

} // namespace ringside
