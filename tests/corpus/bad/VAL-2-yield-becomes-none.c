/* SPDX-License-Identifier: MIT */
/* Takes a scalar that a child yields, and whose tag it does not know, for
   none. */

/* patch abi/runtime/drive.c
-  drive->cx->handled = outer;
-  return status;
-}
-
-/* The leaf delegates
+  drive->cx->handled = outer;
+  if (status == BATON_YIELD && !baton_is_object(drive->out) &&
+      drive->out->head.tag > 100)
+    *drive->out = baton_none();
+  return status;
+}
+
+/* The leaf delegates
*/
