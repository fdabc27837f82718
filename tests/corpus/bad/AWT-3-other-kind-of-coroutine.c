/* SPDX-License-Identifier: MIT */
/* A coroutine whose handle cannot be driven is an error of kind value. */

/* patch abi/runtime/await.c
-    if (baton_is_none(&error)) return status;
+    if (baton_is_none(&error)) return status;
+    if (awaitable->head.type->as_coroutine) {
+      baton_drop(&error);
+      error = baton_error_new(BATON_ERROR_VALUE, "an odd handle");
+    }
*/
