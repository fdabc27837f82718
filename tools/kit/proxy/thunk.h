/* SPDX-License-Identifier: MIT */
#ifndef KIT_THUNK_H
#define KIT_THUNK_H

#include <string>

/** @file
 * Functions that are compiled in, one for each slot of the kit's own headers
 * that a proxy can have: for platforms that make no closures.
 *
 * A closure knows its slot. A thunk knows its own address, and finds the slot
 * through the descriptor of `self`.
 */

namespace kit {

/** The thunk of "table.slot"; null if there is none compiled in, as for tables
 * of other people. */
void *thunk_of(const std::string &slot);

}  // namespace kit

#endif
