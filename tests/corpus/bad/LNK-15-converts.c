/* SPDX-License-Identifier: MIT */
/* Converts a stop-iteration that leaves an awaitable. */

/* patch abi/runtime/drive.c
-  if (kind == BATON_ERROR_STOP_ITERATION && link->kind != BATON_KIND_AWAITABLE)
+  if (kind == BATON_ERROR_STOP_ITERATION)
*/
