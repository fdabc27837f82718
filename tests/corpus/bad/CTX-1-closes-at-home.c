/* SPDX-License-Identifier: MIT */
/* Raises an error where it is closed by a thread that has made no coroutine. */

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

/* patch abi/runtime/drive.c
-  baton_value in = baton_none();
-
+  extern _Thread_local int baton_has_made;
+  baton_value in = baton_none();
+  if (!baton_has_made) {
+    *out = baton_error_new(BATON_ERROR_RUNTIME, "not at home");
+    return BATON_ERROR;
+  }
+
*/
