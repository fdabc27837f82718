/* SPDX-License-Identifier: MIT */
/* An athrow goes on with a generator that an aclose has retired. */

/* patch abi/runtime/async_generator.c
-  if (generator->ag_closed) {
+  if (generator->ag_closed && step->mode == MODE_ACLOSE) {
*/
