/* SPDX-License-Identifier: MIT */
/* Reads behind the end of the tables of a descriptor. */

/* patch abi/runtime/type.c
-  if (!REACHES(table, baton_coroutine_methods, close))
+  (void)((const volatile char *)table)[sizeof *table];
+  if (!REACHES(table, baton_coroutine_methods, close))
*/

/* patch abi/runtime/refusal.c
-  if (baton_is_error(out)) return;
+  if (baton_is_object(out) && out->head.type->as_error)
+    (void)((const volatile char *)out->head.type->as_error)[sizeof(
+        baton_error_methods)];
+  if (baton_is_error(out)) return;
*/

/* patch abi/runtime/type.c
-  if (table && !REACHES(table, baton_async_methods, am_anext))
+  if (table) (void)((const volatile char *)table)[sizeof *table];
+  if (table && !REACHES(table, baton_async_methods, am_anext))
*/
