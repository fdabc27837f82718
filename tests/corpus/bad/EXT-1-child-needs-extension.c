/* SPDX-License-Identifier: MIT */
/* Awaits nothing that can be asked for extensions, and has not introspect/1. */

/* patch abi/runtime/await.c
-  status = methods->am_await(awaitable, cx, out);
+  const void *found = NULL;
+  if (awaitable->head.type->query &&
+      awaitable->head.type->query(awaitable, BATON_EXT_INTROSPECT, &found) !=
+          BATON_OK) {
+    *out = baton_error_new(BATON_ERROR_TYPE, "'%s' is opaque", given);
+    return BATON_ERROR;
+  }
+  status = methods->am_await(awaitable, cx, out);
*/
