/* SPDX-License-Identifier: MIT */
/* A generator that ignores the close of its release is freed in silence. */

/* patch abi/runtime/drive.c
-  *status = BATON_YIELD;
-  op = baton_exit_suspended(drive, status);
-  if (op == BATON_STEP_STOP) suspend(drive, *status);
-  return op;
+  baton_drop(drive->out);
+  *status = BATON_RETURN;
+  return step_ended(drive, status);
*/
