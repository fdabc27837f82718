/* SPDX-License-Identifier: MIT */
/* Tells what is suspended as not started. */

/* patch abi/runtime/introspect.c
-  *out = baton_link_state(link);
-
+  *out = baton_link_state(link);
+  if (*out == BATON_SUSPENDED) *out = BATON_CREATED;
+
*/
