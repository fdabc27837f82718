/* SPDX-License-Identifier: MIT */
/* The error of a link that refuses is the result of what awaits it. */

/* patch abi/runtime/drive.c
-  *status = BATON_ERROR;
-  baton_link_unmark(leaf, EXITS);
+  *status = refused && leaf != drive->root ? BATON_RETURN : BATON_ERROR;
+  baton_link_unmark(leaf, EXITS);
*/
