/* SPDX-License-Identifier: MIT */

/** @file
 * A provider by hand: the headers, chain level only, no library.
 *
 * One concept a file, in the order of the includes below; all of it is one
 * translation unit. `hand` in object.h is every coroutine, generator and async
 * generator; a body (bodies.h) is a function that is resumed until it ends.
 *
 * Each function that names.h lists can be replaced, the original stays there
 * to be called. A provider that spoils one thing is therefore short:
 *
 *     #define HAND_CLOSE bad_close
 *     #include "hand.c"
 *
 *     static int32_t BATON_CALL bad_close(const baton_value *self,
 *                                         baton_context *cx,
 *                                         baton_value *out) {
 *       return hand_close(self, cx, out) == BATON_BUSY ? BATON_RETURN : ...;
 *     }
 *
 * members.h has words for what stands in descriptors, such as HAND_TYPE_MAGIC,
 * and HAND_FIELDS adds members to `hand`.
 */

#include "object.h"
#include "prototypes.h"
/* The parts, in the order of who needs whom. */
/* clang-format off */
#include "memory.h"
#include "check.h"
#include "text.h"
#include "frames.h"
#include "error.h"
#include "child.h"
#include "drive.h"
#include "introspect.h"
#include "coroutine.h"
#include "turn.h"
#include "generator.h"
#include "nap.h"
#include "bell.h"
#include "bodies.h"
#include "items.h"
#include "provider.h"
/* clang-format on */
