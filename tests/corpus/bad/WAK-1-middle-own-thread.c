/* SPDX-License-Identifier: MIT */
/* Loses a wake of a child that comes on another thread. */

/* patch abi/runtime/drive.c
-static int32_t call_foreign(
+/* The waker that a child sees: a thing of its own, with a clone of the
+ * driver's. Both live until the last clone is dropped. */
+typedef struct middle {
+  baton_waker waker;
+  const baton_waker *outer;
+  pthread_t thread;
+  int running;
+  uint32_t count;
+} middle;
+
+static int32_t BATON_CALL middle_clone(const baton_waker *self,
+                                       const baton_waker **out) {
+  baton_add(&((middle *)(uintptr_t)self)->count, 1);
+  *out = self;
+  return BATON_OK;
+}
+
+static int32_t BATON_CALL middle_drop(const baton_waker *waker) {
+  middle *self = (middle *)(uintptr_t)waker;
+  if (!baton_count_drop(&self->count)) return BATON_OK;
+  self->outer->methods->drop(self->outer);
+  free(self);
+  return BATON_OK;
+}
+
+static int32_t BATON_CALL middle_wake_by_ref(const baton_waker *waker) {
+  middle *self = (middle *)(uintptr_t)waker;
+  if (self->thread != pthread_self()) return BATON_OK;
+  return self->outer->methods->wake_by_ref(self->outer);
+}
+
+static int32_t BATON_CALL middle_wake(const baton_waker *self) {
+  middle_wake_by_ref(self);
+  return middle_drop(self);
+}
+
+static const baton_waker_methods middle_methods = {
+    sizeof(baton_waker_methods), 0, middle_clone, middle_wake,
+    middle_wake_by_ref, middle_drop};
+
+static middle *middle_new(const baton_waker *outer) {
+  middle *made = calloc(1, sizeof *made);
+  outer->methods->clone(outer, &made->outer);
+  made->waker.methods = &middle_methods;
+  made->thread = pthread_self();
+  made->running = 1;
+  made->count = 1;
+  return made;
+}
+
+static int32_t call_foreign(
*/

/* patch abi/runtime/drive.c
-    status = methods->send(child, drive->cx, drive->in, drive->out);
+    {
+      const baton_waker *waker = drive->cx->waker;
+      middle *own = waker ? middle_new(waker) : NULL;
+      if (own) drive->cx->waker = &own->waker;
+      status = methods->send(child, drive->cx, drive->in, drive->out);
+      drive->cx->waker = waker;
+      if (own) own->running = 0;
+      if (own) middle_drop(&own->waker);
+    }
*/

/* patch abi/runtime/drive.c
-#include "thread.h"
+#include "thread.h"
+
+#include <pthread.h>
+#include <stdlib.h>
*/
