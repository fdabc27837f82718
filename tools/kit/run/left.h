/* SPDX-License-Identifier: MIT */
#ifndef KIT_LEFT_H
#define KIT_LEFT_H

#include <optional>

#include "pool.h"
#include "runner.h"

/** @file
 * What a worker has left, as results.
 */

namespace kit {

/** Of a worker that had one job. */
Result result_of(const std::string &check, const Report &report);

/** Of a worker that had several, in their order: those that count. That is to
 * pass or to be skipped; anything else may be due to a job before it. */
std::vector<std::optional<Result>> results_of(const std::vector<Job> &jobs,
                                              const Report &report);

/** What the target says of itself. @throws LoadError if it was refused */
void read_identity(const Report &report, Identity *identity);

}  // namespace kit

#endif
