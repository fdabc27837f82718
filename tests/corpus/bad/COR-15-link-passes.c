/* SPDX-License-Identifier: MIT */
/* A stop-iteration leaves a coroutine that hangs in a chain as it is. */

/* patch abi/runtime/drive.c
-  if (kind == BATON_ERROR_STOP_ITERATION && link->kind != BATON_KIND_AWAITABLE)
+  if (kind == BATON_ERROR_STOP_ITERATION &&
+      link->kind != BATON_KIND_AWAITABLE &&
+      !(link->kind == BATON_KIND_COROUTINE && link->returns_to))
*/
