/* SPDX-License-Identifier: MIT */
/* What a child was shown to be handled is shown to who handles it, too. */

/* patch abi/runtime/drive.c
-    status = methods->close(child, drive->cx, drive->out);
-  drive->cx->handled = outer;
+    status = methods->close(child, drive->cx, drive->out);
*/
