/* SPDX-License-Identifier: MIT */
/* Leaves a link that it has cut off marked as one that is being closed. */

/* patch abi/runtime/exit.c
-  baton_link_unmark(link, BATON_LINK_EXITING);
-  if (link == drive->root)
+  if (link == drive->root) baton_link_unmark(link, BATON_LINK_EXITING);
+  if (link == drive->root)
*/
