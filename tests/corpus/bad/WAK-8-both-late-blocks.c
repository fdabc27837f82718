/* SPDX-License-Identifier: MIT */
/* A wake by reference for a child of kit.both that is gone does not return. */

/* patch abi/runtime/group_wake.c
-static int32_t BATON_CALL child_wake_by_ref(const baton_waker *self) {
+static int32_t wake(const baton_waker *self);
+
+static int32_t BATON_CALL child_wake_by_ref(const baton_waker *self) {
+  while (!child_of(self)->group->live) pause();
+  return wake(self);
+}
+
+static int32_t wake(const baton_waker *self) {
*/

/* patch abi/runtime/group_wake.c
-  child_wake_by_ref(self);
-  return child_drop(self);
+  wake(self);
+  return child_drop(self);
*/

/* patch abi/runtime/group_wake.c
-#include "atomic.h"
+#include <unistd.h>
+
+#include "atomic.h"
*/
