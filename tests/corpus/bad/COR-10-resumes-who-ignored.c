/* SPDX-License-Identifier: MIT */
/* A link that ignores its close while it awaits another is resumed again. */

/* patch abi/runtime/exit.c
-  baton_link_set(drive->leaf, BATON_ATTACHED);
-  drive->leaf = link;
+  baton_link_set(drive->leaf, BATON_ATTACHED);
*/
