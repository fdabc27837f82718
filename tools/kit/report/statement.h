/* SPDX-License-Identifier: MIT */
#ifndef KIT_STATEMENT_H
#define KIT_STATEMENT_H

#include <map>
#include <string>
#include <vector>

#include "../run/examine.h"

/** @file
 * What may be claimed of a target.
 */

namespace kit {

/** How many jobs ended how. */
struct Summary {
  std::map<Verdict, size_t> verdicts;
  size_t deviations = 0; /**< declared; counted as what they are, too */
};

Summary summarize(const Examination &found);

enum class Standing { conforming, not_conforming, not_checked };

const char *name_of(Standing standing);

/** Of each tier. It conforms if all of its checks ran or do not apply, at least
 * one ran, and none failed but for a declared deviation. */
std::vector<std::pair<Tier, Standing>> standings(const Examination &found);

/** One line: "conforming to ABI 0.1: core, cancel; not checked: values". */
std::string statement(const Examination &found);

}  // namespace kit

#endif
