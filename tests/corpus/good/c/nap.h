/* SPDX-License-Identifier: MIT */
#ifndef GOOD_NAP_H
#define GOOD_NAP_H

#include <baton/runtime.h>

/** @file
 * kit.nap, of which other libraries make objects of their own.
 */

extern const baton_body *const nap_body;

/** Waits until no thread of a nap is left. */
void naps_wait(void);

#endif
