/* SPDX-License-Identifier: MIT */
/* Of what kit.relay awaits, passes the wakes on that come on the thread that
 * drives it. */

/* patch abi/runtime/drive.c
-static int32_t call_foreign(
+#include "middle.h"
+
+static int middle_loses(const middle *self) {
+  return !pthread_equal(self->thread, pthread_self());
+}
+
+static int32_t call_foreign(
*/

/* patch abi/runtime/drive.c
-    status = methods->send(child, drive->cx, drive->in, drive->out);
+    {
+      const baton_body *body = baton_coro_body(drive->self);
+      int relays = body && strcmp(body->name, "kit_relay") == 0;
+      status = relays
+                   ? middle_send(drive, child)
+                   : methods->send(child, drive->cx, drive->in, drive->out);
+    }
*/

/* patch abi/runtime/drive.c
-#include "thread.h"
+#include <string.h>
+
+#include "coro.h"
+#include "thread.h"
*/
