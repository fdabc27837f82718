/* SPDX-License-Identifier: MIT */
/* A wake for a child that has ended does not return. */

/* patch abi/runtime/drive.c
-static int32_t call_foreign(
+#include "middle.h"
+
+static const void *over; // the child that ended last
+
+static int middle_loses(const middle *self) {
+  while (self->child == baton_load(&over)) pause();
+  return 0;
+}
+
+static int32_t call_foreign(
*/

/* patch abi/runtime/drive.c
-    status = methods->send(child, drive->cx, drive->in, drive->out);
+    status = middle_send(drive, child);
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
+    baton_store(&over, child->payload.object);
+  return status;
+}
+
+/* The leaf delegates
*/

/* patch abi/runtime/drive.c
-#include "thread.h"
+#include "thread.h"
+
+#include <unistd.h>
*/
