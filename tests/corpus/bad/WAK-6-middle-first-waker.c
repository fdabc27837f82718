/* SPDX-License-Identifier: MIT */
/* Passes the wakes of a child on to the waker of the call that began it. */

/* patch abi/runtime/drive.c
-static int32_t call_foreign(
+#include "middle.h"
+
+static const baton_waker *first; // a clone
+static const void *first_of;     // a child
+
+static void keep(const baton_waker *waker, const void *child) {
+  if (first) first->methods->drop(first);
+  first = NULL;
+  first_of = child;
+  if (waker) waker->methods->clone(waker, &first);
+}
+
+static int middle_loses(const middle *self) {
+  (void)self;
+  return 0;
+}
+
+static int32_t call_foreign(
*/

/* patch abi/runtime/drive.c
-    status = methods->send(child, drive->cx, drive->in, drive->out);
+    {
+      const baton_waker *waker = drive->cx->waker;
+      if (first_of != child->payload.object) keep(waker, child->payload.object);
+      drive->cx->waker = first;
+      status = middle_send(drive, child);
+      drive->cx->waker = waker;
+    }
*/

/* patch abi/runtime/drive.c
-  drive->cx->handled = outer;
-  return status;
-}
-
-/* The leaf delegates
+  drive->cx->handled = outer;
+  if (op == BATON_STEP_CLOSE ||
+      (status != BATON_PENDING && status != BATON_YIELD))
+    keep(NULL, NULL);
+  return status;
+}
+
+/* The leaf delegates
*/
