/* SPDX-License-Identifier: MIT */
/* Refuses a driver that can be asked for extensions, and has not its own. */

/* patch abi/runtime/coro_send.c
-  const baton_link *link = &baton_coro_of(self)->link;
-  uint8_t state = baton_link_state(link);
+  const void *found = NULL;
+  if (cx->struct_size >= sizeof *cx && cx->query &&
+      cx->query(cx, "example/1", &found) != BATON_OK)
+    return BATON_UNSUPPORTED;
+  const baton_link *link = &baton_coro_of(self)->link;
+  uint8_t state = baton_link_state(link);
*/
