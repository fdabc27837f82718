/* SPDX-License-Identifier: MIT */
/* What is no link is not shown the error that is handled above it. */

/* patch abi/runtime/drive.c
-  if (baton_link_flags(drive->leaf) &
-      (BATON_LINK_HANDLING | BATON_LINK_INHERITS))
-    drive->cx->handled = find_handled(drive, drive->leaf);
*/
