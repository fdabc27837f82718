/* SPDX-License-Identifier: MIT */
/* A link that ignored a close stays marked as one that gets it. */

/* patch abi/runtime/exit.c
-  baton_link_unmark(link, BATON_LINK_EXITING);
+  if (link == drive->root) baton_link_unmark(link, BATON_LINK_EXITING);
*/
