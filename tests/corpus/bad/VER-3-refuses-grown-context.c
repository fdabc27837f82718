/* SPDX-License-Identifier: MIT */
/* Refuses a context that has grown. */

/* patch abi/runtime/coro_send.c
-  const baton_link *link = &baton_coro_of(self)->link;
-  uint8_t state = baton_link_state(link);
+  if (cx->struct_size > sizeof *cx) return BATON_VERSION_MISMATCH;
+  const baton_link *link = &baton_coro_of(self)->link;
+  uint8_t state = baton_link_state(link);
*/
