/* SPDX-License-Identifier: MIT */
/* Tells the state of a shared object only to threads that have made one. */

/* patch abi/runtime/coro.c
-  coro->link.flags = body->flags & LINK_FLAGS;
+  coro->link.flags = (body->flags & LINK_FLAGS) | BATON_LINK_SHARED;
*/

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

/* patch abi/runtime/introspect.c
-  *out = baton_link_state(link);
+  extern _Thread_local int baton_has_made;
+  if (!baton_has_made) return BATON_WRONG_THREAD;
+  *out = baton_link_state(link);
*/
