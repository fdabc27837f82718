/* SPDX-License-Identifier: MIT */
/* kit.relay keeps what it awaited in its frame, which lets go of that with the
 * last reference to the coroutine. */

/* patch abi/runtime/coro.c
-int32_t baton_coro_ended(const baton_value *self) {
-  baton_coro *coro = baton_coro_of(self);
+static void let_go(const baton_value *self);
+
+int32_t baton_coro_ended(const baton_value *self) {
+  if (baton_coro_of(self)->body->kind != BATON_KIND_COROUTINE) let_go(self);
+  return BATON_OK;
+}
+
+static void let_go(const baton_value *self) {
+  baton_coro *coro = baton_coro_of(self);
*/

/* patch abi/runtime/coro.c
-    baton_drop(&baton_coro_extra_of(self)->injection);
-  }
-  return BATON_OK;
-}
+    baton_drop(&baton_coro_extra_of(self)->injection);
+  }
+}
*/

/* patch abi/runtime/coro.c
-  size_t extra = baton_body_extra(body);
-  if (baton_unlikely(body->flags & BATON_BODY_AFFINE))
+  size_t extra = baton_body_extra(body);
+  if (body->kind == BATON_KIND_COROUTINE) let_go(self);
+  if (baton_unlikely(body->flags & BATON_BODY_AFFINE))
*/

/* patch abi/runtime/coro.c
-  if (baton_likely(baton_link_state(&coro->link) == BATON_CLOSED &&
-                   !baton_body_extra(coro->body)))
-    baton_free(coro, block_size(coro->body));
-  else
-    release_slowly(self);
+  release_slowly(self);
*/

/* patch abi/runtime/coro.c
-  else if (baton_link_state(&coro->link) == BATON_CLOSED)
-    free_coro(self);
-  else
+  else
*/

/* patch abi/runtime/hang.c
-  baton_value held = baton_unhang(drive->leaf);
-  baton_drop(&held);
-}
-
-uint32_t baton_pop_foreign(
+  baton_value held = baton_unhang(drive->leaf);
+  const baton_value *handle = baton_drive_handle(drive, drive->leaf);
+  const baton_body *body = baton_coro_body(handle);
+  if (body && strcmp(body->name, "kit_relay") == 0)
+    ((baton_value *)(void *)((char *)baton_coro_frame(handle) +
+                             body->value_offset))[2] = baton_take(&held);
+  baton_drop(&held);
+}
+
+uint32_t baton_pop_foreign(
*/

/* patch abi/runtime/hang.c
-#include "await.h"
+#include <string.h>
+
+#include "await.h"
+#include "coro.h"
*/
