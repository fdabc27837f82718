/* SPDX-License-Identifier: MIT */
/* kit.both forgets the wake of a child that comes, on its thread, while that
 * child runs. */

/* patch abi/runtime/group.c
-      status = baton_poll_step(&child->poll, cx, forward, out);
+      baton_group_steps = child;
+      status = baton_poll_step(&child->poll, cx, forward, out);
+      baton_group_steps = NULL;
*/

/* patch abi/runtime/group.c
-/* Steps the children on the ready list.
+extern _Thread_local const baton_child *baton_group_steps;
+
+/* Steps the children on the ready list.
*/

/* patch abi/runtime/group_wake.c
-  baton_child_ready(child);
-  const baton_waker *outer
+  if (baton_group_steps == child) return BATON_OK;
+  baton_child_ready(child);
+  const baton_waker *outer
*/

/* patch abi/runtime/group_wake.c
-static baton_child *child_of(
+_Thread_local const baton_child *baton_group_steps;
+
+static baton_child *child_of(
*/
