/* SPDX-License-Identifier: MIT */
/* Loses the wake of a child that has waited once, on the thread that drives it. */

/* patch abi/runtime/drive.c
-static int32_t call_foreign(
+#include "middle.h"
+
+static int middle_loses(const middle *self) {
+  return !self->running && self->turns == 1 &&
+         pthread_equal(self->thread, pthread_self());
+}
+
+static int32_t call_foreign(
*/

/* patch abi/runtime/drive.c
-    status = methods->send(child, drive->cx, drive->in, drive->out);
+    status = middle_send(drive, child);
*/
