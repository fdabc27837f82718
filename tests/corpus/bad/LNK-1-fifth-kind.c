/* SPDX-License-Identifier: MIT */
/* Sets the kind of its coroutines to one that there is not. */

/* patch abi/runtime/coro.c
-  coro->link.kind = body->kind;
+  coro->link.kind = body->kind == BATON_KIND_COROUTINE ? 7 : body->kind;
*/

/* patch abi/runtime/introspect.c
-  *out = baton_link_of(self)->kind;
+  uint8_t kind = baton_link_of(self)->kind;
+  *out = kind == 7 ? BATON_KIND_COROUTINE : kind;
*/

/* patch abi/runtime/release.c
-  if (state == BATON_CREATED && link->kind == BATON_KIND_COROUTINE)
+  if (state == BATON_CREATED && link->kind == 7)
*/

/* patch abi/runtime/hang.c
-      baton_link_of(given)->kind == BATON_KIND_COROUTINE)
+      (baton_link_of(given)->kind == BATON_KIND_COROUTINE ||
+       baton_link_of(given)->kind == 7))
*/
