/* SPDX-License-Identifier: MIT */
/* Tells, of what has not started, that it delegates to a number. */

/* patch abi/runtime/introspect.c
-  if (baton_is_none(child)) child = &link->handle;
+  if (baton_link_state(link) == BATON_CREATED) {
+    *out = baton_from_i64(0);
+    return BATON_OK;
+  }
+  if (baton_is_none(child)) child = &link->handle;
*/
