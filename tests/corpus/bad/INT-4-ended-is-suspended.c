/* SPDX-License-Identifier: MIT */
/* Tells what has ended as suspended. */

/* patch abi/runtime/introspect.c
-  *out = baton_link_state(link);
-
+  *out = baton_link_state(link);
+  if (*out == BATON_CLOSED) *out = BATON_SUSPENDED;
+
*/
