/* SPDX-License-Identifier: MIT */
/* What a refusal of am_await left in out is forgotten. */

/* patch abi/runtime/await.c
-  } else {
-    baton_drop(out);
-    error = baton_is_refusal(status)
+  } else {
+    *out = baton_none();
+    error = baton_is_refusal(status)
*/
