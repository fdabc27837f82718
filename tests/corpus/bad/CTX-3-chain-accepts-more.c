/* SPDX-License-Identifier: MIT */
/* What a chain ends in may yield although the driver does not accept it. */

/* patch abi/runtime/drive.c
-  *status = call_foreign(drive, op);
+  uint32_t accepts = drive->cx->accepts;
+  if (op == BATON_OP_SEND && drive->cx->waker)
+    drive->cx->accepts |= BATON_ACCEPT_YIELD;
+  *status = call_foreign(drive, op);
+  drive->cx->accepts = accepts;
*/
