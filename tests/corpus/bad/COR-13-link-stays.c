/* SPDX-License-Identifier: MIT */
/* An unknown status does not end the link that gave it. */

/* patch abi/runtime/drive.c
-  if (!refused || leaf == drive->root)
+  if (leaf == drive->root)
*/
