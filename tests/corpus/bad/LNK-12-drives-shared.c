/* SPDX-License-Identifier: MIT */
/* Drives a shared link that hangs in a chain. */

/* patch abi/runtime/coro.c
-  coro->link.flags = body->flags & LINK_FLAGS;
+  coro->link.flags = (body->flags & LINK_FLAGS) | BATON_LINK_SHARED;
*/

/* patch abi/runtime/drive.c
-    if (state == BATON_ATTACHED) return BATON_BUSY;
+    if (state == BATON_ATTACHED) return claim_middle(link);
*/

/* patch abi/runtime/drive.c
-    if (baton_link_flags(above) & BATON_LINK_SHARED) return BATON_BUSY;
-
+
*/
