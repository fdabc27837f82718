/* SPDX-License-Identifier: MIT */
/* Does not convert a stop-iteration that leaves a link below the one that is
   driven. */

/* patch abi/runtime/drive.c
-  if (kind == BATON_ERROR_STOP_ITERATION && link->kind != BATON_KIND_AWAITABLE)
+  if (kind == BATON_ERROR_STOP_ITERATION &&
+      link->kind != BATON_KIND_AWAITABLE &&
+      (!link->returns_to || link->kind == BATON_KIND_GENERATOR))
*/
