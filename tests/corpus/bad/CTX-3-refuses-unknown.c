/* SPDX-License-Identifier: MIT */
/* Refuses a context that accepts what it does not know. */

/* patch abi/runtime/coro_send.c
-  const baton_link *link = &baton_coro_of(self)->link;
-  uint8_t state = baton_link_state(link);
+  if (cx->accepts & ~(uint32_t)(BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING))
+    return BATON_UNSUPPORTED;
+  const baton_link *link = &baton_coro_of(self)->link;
+  uint8_t state = baton_link_state(link);
*/
