/* SPDX-License-Identifier: MIT */
#ifndef KIT_RUN_CHECK_H
#define KIT_RUN_CHECK_H

#include <functional>

#include "../load/library.h"
#include "job.h"

/** @file
 * Runs one check in this process.
 */

namespace kit {

/** @param on_note told of each broken rule at once, or null
 * @return its result, without `output`. Throws nothing. */
Result run_check(const Job &job, const Library &library, uint64_t seed,
                 const std::function<void(const Broken &)> &on_note = nullptr);

}  // namespace kit

#endif
