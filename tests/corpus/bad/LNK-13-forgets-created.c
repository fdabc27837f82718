/* SPDX-License-Identifier: MIT */
/* A link that refuses its first resume is SUSPENDED after that. */

/* patch abi/runtime/hang.c
-  if (state == BATON_CREATED) drive->fresh = link;
+  (void)state;
*/
