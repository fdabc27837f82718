/* SPDX-License-Identifier: MIT */
#ifndef KIT_AGEN_STEPS_H
#define KIT_AGEN_STEPS_H

#include <baton/ext/async_generator.h>

#include "common.h"

/** @file
 * Calls of an async generator of the target.
 */

namespace kit {

/** The awaitables of am_anext, asend, athrow and aclose. A check without them
 * ends: AGN-1 noted if one is refused, skipped if there are none. */
Value anext_of(Subject &generator);
Value asend_of(Subject &generator, Value in);
Value athrow_of(Subject &generator, Value error);
Value aclose_of(Subject &generator);

/** Awaits the next item and expects this one. */
void expect_item(Bench &bench, Subject &generator, const Value &item,
                 const char *requirement, const std::string &when);

/** Expects the end. */
void expect_end(Bench &bench, const Step &step, const char *requirement,
                const std::string &when);

}  // namespace kit

#endif
