/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMPARE_H
#define KIT_COMPARE_H

#include "contract.h"

/** @file
 * Whether two sides that were built from two manifests understand each other.
 */

namespace kit {

/** Where the two differ in what both describe, one line each: a struct of both
 * whose members are not those of the other, or the beginning of them; a slot
 * with another id or signature; a constant with another value. What only one
 * of them describes is no difference. */
std::vector<std::string> differences(const Contract &ours,
                                     const Contract &theirs);

}  // namespace kit

#endif
