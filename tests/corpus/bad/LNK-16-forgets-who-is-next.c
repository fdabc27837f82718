/* SPDX-License-Identifier: MIT */
/* Forgets, when a close suspends, which links have yet to be closed. */

/* patch abi/runtime/drive.c
-  if (drive->leaf != root) baton_link_set(drive->leaf, BATON_ATTACHED);
+  if (drive->leaf != root) baton_link_set(drive->leaf, BATON_ATTACHED);
+  for (baton_link *link = drive->leaf; link != root; link = link->returns_to)
+    baton_link_unmark(link->returns_to, BATON_LINK_CLOSING);
*/
