/* SPDX-License-Identifier: MIT */
/* Takes an error that has no message for none. */

/* patch abi/runtime/refusal.c
-  if (baton_is_error(out)) return;
+  if (baton_is_error(out) &&
+      (!baton_is_object(out) || out->head.type->as_error->message))
+    return;
*/
