/* SPDX-License-Identifier: MIT */
/* Loses the wake of a child of kit.both by a thread that drives none. */

/* patch abi/runtime/group_wake.c
-  const baton_waker *outer = baton_exchange(&child->group->outer, NULL);
-  if (outer) outer->methods->wake(outer);
+  if (!baton_group_drove) return BATON_OK;
+  const baton_waker *outer = baton_exchange(&child->group->outer, NULL);
+  if (outer) outer->methods->wake(outer);
*/

/* patch abi/runtime/group_wake.c
-static baton_child *child_of(
+_Thread_local int baton_group_drove;
+
+static baton_child *child_of(
*/

/* patch abi/runtime/group.c
-static int32_t run_group(baton_group *group, baton_context *cx,
-                         baton_value *out) {
-
+extern _Thread_local int baton_group_drove;
+
+static int32_t run_group(baton_group *group, baton_context *cx,
+                         baton_value *out) {
+  baton_group_drove = 1;
+
*/
