/* SPDX-License-Identifier: MIT */
#ifndef KIT_TYPES_H
#define KIT_TYPES_H

#include <ffi.h>

#include "contract.h"

/** @file
 * Types of C in a manifest as types of libffi.
 */

namespace kit {

/** Of a pointer, a callback of the contract, a slot, or a number; null for
 * anything else. */
ffi_type *scalar_type(const std::string &ctype, const Contract &contract);

/** Whether a parameter or a result may have this type: a pointer, or an integer
 * of fixed width. */
bool may_cross(const std::string &ctype, const Contract &contract);

}  // namespace kit

#endif
