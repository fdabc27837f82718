/* SPDX-License-Identifier: MIT */
#ifndef KIT_CHECK_LAYOUT_H
#define KIT_CHECK_LAYOUT_H

#include "specimen.h"

namespace kit {

/** TYP-5: the slots that a descriptor and its suites must have. Calls none of
 * them. */
void check_mandatory(Bench &bench, const Specimen &specimen);

}  // namespace kit

#endif
