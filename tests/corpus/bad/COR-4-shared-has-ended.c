/* SPDX-License-Identifier: MIT */
/* A shared coroutine that runs refuses as if it had ended. */

/* patch abi/runtime/coro.c
-  coro->link.flags = body->flags & LINK_FLAGS;
+  coro->link.flags = (body->flags & LINK_FLAGS) | BATON_LINK_SHARED;
*/

/* patch abi/runtime/drive.c
-  if (state == BATON_RUNNING) return BATON_BUSY;
-  if (state == BATON_CLOSED && link->kind
+  if (state == BATON_RUNNING) return BATON_INVALID_STATE;
+  if (state == BATON_CLOSED && link->kind
*/
