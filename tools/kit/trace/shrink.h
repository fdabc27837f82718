/* SPDX-License-Identifier: MIT */
#ifndef KIT_SHRINK_H
#define KIT_SHRINK_H

#include <functional>

#include "trace.h"

namespace kit {

/** The smallest trace that can be reached by taking away one thing at a time
 * for as long as `fails` says that it still does. `fails` is asked at most
 * `limit` times. */
Trace shrink(Trace trace, const std::function<bool(const Trace &)> &fails,
             int limit = 400);

}  // namespace kit

#endif
