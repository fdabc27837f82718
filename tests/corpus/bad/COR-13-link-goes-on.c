/* SPDX-License-Identifier: MIT */
/* Leaves a link that gave an unknown status SUSPENDED. */

/* patch abi/runtime/drive.c
-  if (!refused || leaf == drive->root)
+  if (leaf == drive->root)
*/
