/* SPDX-License-Identifier: MIT */
/* Takes an item from whatever link hands one. */

/* patch abi/runtime/drive.c
-  if (drive->leaf->kind != BATON_KIND_ASYNC_GENERATOR)
-    return step_refused(drive, status);
-
+
*/
