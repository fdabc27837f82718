/* SPDX-License-Identifier: MIT */
/* Resumes a child on a thread of its own where it is driven by one that has
   made no coroutine. */

/* patch abi/runtime/coro.c
-  clear((char *)coro, size);
+  baton_has_made = 1;
+  clear((char *)coro, size);
*/

/* patch abi/runtime/coro.c
-static inline void init(
+_Thread_local int baton_has_made;
+
+static inline void init(
*/

/* patch abi/runtime/drive.c
-static int32_t call_foreign(
+typedef struct errand {
+  baton_drive *drive;
+  int32_t status;
+} errand;
+
+static void *run_errand(void *arg) {
+  errand *self = arg;
+  const baton_value *child = &self->drive->leaf->handle;
+  self->status = child->head.type->as_coroutine->send(
+      child, self->drive->cx, self->drive->in, self->drive->out);
+  return NULL;
+}
+
+static int32_t send_away(baton_drive *drive) {
+  errand self = {drive, BATON_OK};
+  pthread_t thread;
+  pthread_create(&thread, NULL, run_errand, &self);
+  pthread_join(thread, NULL);
+  return self.status;
+}
+
+extern _Thread_local int baton_has_made;
+
+static int32_t call_foreign(
*/

/* patch abi/runtime/drive.c
-    status = methods->send(child, drive->cx, drive->in, drive->out);
+    status = baton_has_made
+                 ? methods->send(child, drive->cx, drive->in, drive->out)
+                 : send_away(drive);
*/

/* patch abi/runtime/drive.c
-#include "thread.h"
+#include "thread.h"
+
+#include <pthread.h>
*/
