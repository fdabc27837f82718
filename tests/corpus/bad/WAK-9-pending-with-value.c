/* SPDX-License-Identifier: MIT */
/* What waits three links below gives a value with PENDING. */

/* patch abi/runtime/drive.c
-      suspend(drive, *status);
-      return BATON_STEP_STOP;
-    case BATON_AWAIT:
+      if (*status == BATON_PENDING && drive->leaf != drive->root &&
+          drive->leaf->returns_to != drive->root)
+        *drive->out = baton_from_i64(5);
+      suspend(drive, *status);
+      return BATON_STEP_STOP;
+    case BATON_AWAIT:
*/
