/* SPDX-License-Identifier: MIT */
/* A link in the middle that is driven directly can attach no other. */

/* patch abi/runtime/hang.c
-  if (drive->root->returns_to && is_above(drive->root, link)) return BATON_BUSY;
+  if (drive->root->returns_to) return BATON_BUSY;
*/
