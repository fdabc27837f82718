/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMPOSE_H
#define KIT_COMPOSE_H

#include "trace.h"

namespace kit {

/** Random calls, determined by the seed and what can be created: names of
 * exports, or calls as in "countdown(3)". What came of them is not yet seen.
 */
Trace compose(uint64_t seed, const std::vector<std::string> &subjects);

}  // namespace kit

#endif
