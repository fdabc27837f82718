/* SPDX-License-Identifier: MIT */
/* A wake of a child of kit.both resumes that child at once. */

/* patch abi/runtime/group_wake.c
-  baton_child *child = child_of(self);
-
+  baton_child *child = child_of(self);
+  if (child->status == BATON_PENDING && baton_group_drove &&
+      baton_load(&child->group->state) == BATON_SUSPENDED) {
+    baton_context cx = baton_detached_context();
+    baton_value out = baton_none();
+    cx.accepts = BATON_ACCEPT_PENDING;
+    cx.waker = &child->waker;
+    child->status = baton_poll_step(&child->poll, &cx, 0, &out);
+    child->outcome = out;
+    if (child->status != BATON_PENDING) {
+      baton_poll_drop(&child->poll);
+      child->group->live--;
+    }
+  }
+
*/

/* patch abi/runtime/group_wake.c
-#include "memory.h"
+#include "memory.h"
+#include "object.h"
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
