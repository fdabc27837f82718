/* SPDX-License-Identifier: MIT */
/* Calls `ended` before the link is CLOSED. */

/* patch abi/runtime/drive.c
-  if (link->kind == BATON_KIND_AWAITABLE && methods->ended)
-    methods->ended(handle);
-  baton_link_set(link, BATON_CLOSED);
-  if (link->kind != BATON_KIND_AWAITABLE && methods->ended)
-    methods->ended(handle);
+  if (methods->ended) methods->ended(handle);
+  baton_link_set(link, BATON_CLOSED);
*/
