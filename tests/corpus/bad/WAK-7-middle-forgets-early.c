/* SPDX-License-Identifier: MIT */
/* Forgets the wakes of a child that come while that runs, on its thread. */

/* patch abi/runtime/drive.c
-static int32_t call_foreign(
+#include "middle.h"
+
+static int middle_loses(const middle *self) {
+  return self->running && pthread_equal(self->thread, pthread_self());
+}
+
+static int32_t call_foreign(
*/

/* patch abi/runtime/drive.c
-    status = methods->send(child, drive->cx, drive->in, drive->out);
+    status = middle_send(drive, child);
*/
