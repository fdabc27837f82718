/* SPDX-License-Identifier: MIT */
/* Goes on to the next link of a chain by a call of itself. */

/* patch abi/runtime/drive.c
-    drive->entered = BATON_RUNNING;
-  }
-  if (drive->entered == BATON_RUNNING) baton_drop(drive->in);
+    drive->entered = BATON_RUNNING;
+    status = run(drive, op);
+    return status;
+  }
+  if (drive->entered == BATON_RUNNING) baton_drop(drive->in);
*/
