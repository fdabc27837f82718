/* SPDX-License-Identifier: MIT */
#ifndef KIT_MATERIALS_H
#define KIT_MATERIALS_H

#include <functional>

#include "../base/bench.h"
#include "trace.h"

namespace kit {

/** Calls what is in a place, from within an actor. */
using CallPlace = std::function<void(uint16_t place)>;

/** The value that an argument means; of kind PLACE: none. */
Value value_of_argument(Bench &bench, const TraceArgument &argument,
                        const CallPlace &call_place);

}  // namespace kit

#endif
