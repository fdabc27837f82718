/* SPDX-License-Identifier: MIT */
/* Shows a link what the one above it handles, and nothing of those further
 * above. */

/* patch abi/runtime/drive.c
-    if (link == drive->root) return drive->cx->handled;
+    return drive->cx->handled;
*/
