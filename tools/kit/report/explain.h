/* SPDX-License-Identifier: MIT */
#ifndef KIT_EXPLAIN_H
#define KIT_EXPLAIN_H

#include <string>

#include "../run/job.h"

/** @file
 * An outcome in words, for every report.
 */

namespace kit {

/** One line: the first broken rule, or the reason; empty if there is none. */
std::string headline(const Outcome &outcome);

/** Each broken rule in three lines: its id and text, what was expected, what
 * came. */
std::string explain(const Outcome &outcome);

}  // namespace kit

#endif
