/* SPDX-License-Identifier: MIT */
/* Takes a link that refused for one that has ended. */

/* patch abi/runtime/drive.c
-    baton_link_set(leaf, leaf == drive->fresh ? BATON_CREATED : BATON_ATTACHED);
+    baton_link_set(leaf, BATON_CLOSED);
*/
