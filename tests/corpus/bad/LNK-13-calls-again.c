/* SPDX-License-Identifier: MIT */
/* A child that has refused is closed. */

/* patch abi/runtime/drive.c
-                      ? baton_error_from_refusal(*status, &leaf->handle)
+                      ? calls_again(*status, &leaf->handle, op)
*/

/* patch abi/runtime/drive.c
-static uint32_t step_foreign(
+static baton_value calls_again(int32_t status, const baton_value *child,
+                               uint32_t op) {
+  baton_context cx = {.struct_size = sizeof cx};
+  baton_value out = baton_none();
+  cx.abi_minor = BATON_ABI_MINOR;
+  if (status == BATON_BUSY && op == BATON_OP_SEND)
+    child->head.type->as_coroutine->close(child, &cx, &out);
+  return baton_error_from_refusal(status, child);
+}
+
+static uint32_t step_foreign(
*/
