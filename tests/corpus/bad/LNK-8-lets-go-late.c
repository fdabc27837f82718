/* SPDX-License-Identifier: MIT */
/* A frame lets go of what it holds with the last reference to the coroutine. */

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
