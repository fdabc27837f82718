/* SPDX-License-Identifier: MIT */
/* Of the children of kit.both that are woken on other threads one is resumed. */

/* patch abi/runtime/group_wake.c
-  if (baton_exchange(&child->queued, 1)) return;
+  if (baton_exchange(&child->queued, 1)) return;
+  if (!baton_group_drove && child == &group->children[1]) return;
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
-  int32_t status = BATON_OK;
+extern _Thread_local int baton_group_drove;
+
+static int32_t run_group(baton_group *group, baton_context *cx,
+                         baton_value *out) {
+  int32_t status = BATON_OK;
+  baton_group_drove = 1;
*/

/* patch abi/runtime/group.c
-static void ready_all(baton_group *group) {
+static void ready_all(baton_group *group) {
+  baton_group_drove = 1;
*/
