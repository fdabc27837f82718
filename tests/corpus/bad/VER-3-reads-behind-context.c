/* SPDX-License-Identifier: MIT */
/* Reads behind the end of a context. */

/* patch abi/runtime/coro_send.c
-  const baton_link *link = &baton_coro_of(self)->link;
-  uint8_t state = baton_link_state(link);
+  (void)((const volatile char *)cx)[sizeof *cx];
+  const baton_link *link = &baton_coro_of(self)->link;
+  uint8_t state = baton_link_state(link);
*/
