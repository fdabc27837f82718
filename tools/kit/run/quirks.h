/* SPDX-License-Identifier: MIT */
#ifndef KIT_QUIRKS_H
#define KIT_QUIRKS_H

#include <string>
#include <vector>

#include "job.h"

/** @file
 * Deviations that an author declares, with a reason and an end:
 *
 *     # comment
 *     [check-id]                   or [check-id:subject], globs too
 *     reason = why it is so
 *     expires = 2027-06-30         the last day; may be left out
 *     requirement = WAK-5          only this one; may be left out
 *
 * Or, for random walks alone, what they are to do without, so that the rest is
 * still compared; the check must pass then:
 *
 *     [walk]
 *     reason = why it is so
 *     without = asend kit.echo     exports, asend, athrow, aclose, and
 *                                  sharing: one node awaited by several
 */

namespace kit {

struct Quirk {
  std::string pattern, reason, expires, requirement, without;
  bool expired;
};

/** @throws UsageError with the line */
std::vector<Quirk> read_quirks(const std::string &path);

/** What random walks are to do without, as words. */
std::string without(const std::vector<Quirk> &quirks);

/** The reason of the quirk that allows this failure; empty if none does, or if
 * it has expired. */
std::string deviation(const std::vector<Quirk> &quirks, const Outcome &outcome);

/** A failure for each quirk that has expired, or that allowed nothing although
 * what it is about has run: the target does not conform before it is removed.
 */
std::vector<Outcome> stale(const std::vector<Quirk> &quirks,
                           const std::vector<Outcome> &outcomes);

}  // namespace kit

#endif
