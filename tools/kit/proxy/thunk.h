/* SPDX-License-Identifier: MIT */
#ifndef KIT_THUNK_H
#define KIT_THUNK_H

#include <cstddef>

#include "../contract/caller.h"

/** @file
 * Functions that are compiled in, for platforms that make no closures.
 *
 * A closure knows its slot. A thunk knows how many arguments it has and its
 * number among those that have as many; the descriptor of `self` knows which
 * slot that is. So one pool serves every descriptor, and a descriptor gives
 * each thunk to one slot at most.
 */

namespace kit {

/** Arguments, of a register each: more would lie on the stack, where platforms
 * differ. */
constexpr size_t most_words = 6;
/** Thunks with the same number of arguments. */
constexpr size_t most_thunks = 64;

/** The thunk for slots that are called like this one.
 * @throws std::runtime_error if there is none, with the reason. */
void *thunk_for(const Signature &signature, size_t number);

}  // namespace kit

#endif
