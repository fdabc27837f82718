/* SPDX-License-Identifier: MIT */
/* A wake of a child of kit.both, on the thread that drives it, wakes nobody. */

/* patch abi/runtime/group_wake.c
-  baton_child_ready(child);
-  const baton_waker *outer
+  baton_child_ready(child);
+  if (baton_group_drove && !baton_group_runs) return BATON_OK;
+  const baton_waker *outer
*/

/* patch abi/runtime/group_wake.c
-static baton_child *child_of(
+_Thread_local int baton_group_drove, baton_group_runs;
+
+static baton_child *child_of(
*/

/* patch abi/runtime/group.c
-static int32_t run_group(baton_group *group, baton_context *cx,
-                         baton_value *out) {
-  int32_t status = BATON_OK;
+extern _Thread_local int baton_group_drove, baton_group_runs;
+
+static int32_t run_group(baton_group *group, baton_context *cx,
+                         baton_value *out) {
+  int32_t status = BATON_OK;
+  baton_group_drove = 1;
*/
