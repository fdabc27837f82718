/* SPDX-License-Identifier: MIT */
/* Tells what has not started as suspended. */

/* patch abi/runtime/introspect.c
-  *out = baton_link_state(link);
-
+  *out = baton_link_state(link);
+  if (*out == BATON_CREATED) *out = BATON_SUSPENDED;
+
*/
