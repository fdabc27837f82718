/* SPDX-License-Identifier: MIT */
/* Takes a coroutine of another provider that has ended for a generator that
   has. */

/* patch abi/runtime/hang.c
-#include "drive.h"
+#include "coro.h"
+#include "drive.h"
*/

/* patch abi/runtime/hang.c
-  if (status == BATON_INVALID_STATE && link->kind == BATON_KIND_GENERATOR) {
+  if (status == BATON_INVALID_STATE && (link->kind == BATON_KIND_GENERATOR ||
+                                        !baton_is_coro(&child->handle))) {
*/
