/* SPDX-License-Identifier: MIT */
/* Raises an error where it is driven by a thread that has made no coroutine. */

/* patch abi/runtime/coro.c
-  clear((char *)coro, size);
+  baton_has_made = 1;
+  clear((char *)coro, size);
*/

/* patch abi/runtime/coro.c
-static inline void init(
+_Thread_local int baton_has_made;
+
+static inline void init(
*/

/* patch abi/runtime/coro_send.c
-  const baton_link *link = &baton_coro_of(self)->link;
-  uint8_t state = baton_link_state(link);
+  extern _Thread_local int baton_has_made;
+  if (!baton_has_made) {
+    *out = baton_error_new(BATON_ERROR_RUNTIME, "not at home");
+    return BATON_ERROR;
+  }
+  const baton_link *link = &baton_coro_of(self)->link;
+  uint8_t state = baton_link_state(link);
*/
