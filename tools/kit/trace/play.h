/* SPDX-License-Identifier: MIT */
#ifndef KIT_PLAY_TRACE_H
#define KIT_PLAY_TRACE_H

#include <functional>

#include "../base/bench.h"
#include "trace.h"

namespace kit {

/** Makes the calls of a trace on the bench's library, through checking
 * proxies; then lets everything go, and settles. What is broken is in the
 * ledger.
 * @param on_seen told what came of each step, before the next one. */
void play_trace(Bench &bench, const Trace &trace,
                const std::function<void(size_t, const Seen &)> &on_seen);

/** The first rule of the stronger level that is broken; null if there is none.
 */
const Broken *first_of(const std::vector<Broken> &broken);

}  // namespace kit

#endif
