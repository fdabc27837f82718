/* SPDX-License-Identifier: MIT */
/* A send that ends a close fails with the generator-exit that the close raised. */

/* patch abi/runtime/drive.c
-  return run(&drive, baton_descend(&drive, root, BATON_OP_SEND));
-}
-
-/* Claims a link in the common
+  status = run(&drive, baton_descend(&drive, root, BATON_OP_SEND));
+  if (status == BATON_RETURN && (drive.marks & BATON_LINK_CLOSING)) {
+    baton_drop(out);
+    *out = baton_from_kind(BATON_ERROR_GENERATOR_EXIT);
+    return BATON_ERROR;
+  }
+  return status;
+}
+
+/* Claims a link in the common
*/
