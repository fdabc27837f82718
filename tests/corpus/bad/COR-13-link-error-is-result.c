/* SPDX-License-Identifier: MIT */
/* The error of a link's unknown status is the result of what awaits it. */

/* patch abi/runtime/drive.c
-  *status = BATON_ERROR;
-  baton_link_unmark(leaf, EXITS);
+  *status = refused || leaf == drive->root ? BATON_ERROR : BATON_RETURN;
+  baton_link_unmark(leaf, EXITS);
*/
