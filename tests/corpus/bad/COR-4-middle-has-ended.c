/* SPDX-License-Identifier: MIT */
/* A link in the middle refuses as if it had ended while it is driven directly. */

/* patch abi/runtime/drive.c
-  if (state == BATON_RUNNING) return BATON_BUSY;
-  if (state == BATON_CLOSED && link->kind
+  if (state == BATON_RUNNING)
+    return link->returns_to && link->kind == BATON_KIND_COROUTINE
+               ? BATON_INVALID_STATE
+               : BATON_BUSY;
+  if (state == BATON_CLOSED && link->kind
*/
