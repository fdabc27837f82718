/* SPDX-License-Identifier: MIT */
#ifndef INTEROP_DRIVE_H
#define INTEROP_DRIVE_H

#include "words.h"

/** Takes the steps of `script` with what `objects` hold, which it lets go of,
 * and says the outcome of each. The second object may be none. */
void drive(baton_value objects[2], baton_text_view script,
           const interop_witness *witness);

#endif
