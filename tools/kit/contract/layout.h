/* SPDX-License-Identifier: MIT */
#ifndef KIT_LAYOUT_H
#define KIT_LAYOUT_H

#include "contract.h"

/** @file
 * Where the members of a struct of a manifest lie on this machine. libffi
 * computes it, which knows the platform's rules without a compiler.
 */

namespace kit {

struct Layout {
  size_t size = 0, alignment = 0;
  std::vector<size_t> offsets; /**< of the fields, in their order */
};

/** @throws std::runtime_error if a member's type has no known size, or a struct
 * contains itself. */
Layout layout_of(const Contract &contract, const Struct &record);

}  // namespace kit

#endif
