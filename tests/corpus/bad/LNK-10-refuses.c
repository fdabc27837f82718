/* SPDX-License-Identifier: MIT */
/* Refuses to drive a link in the middle of a chain. */

/* patch abi/runtime/drive.c
-    if (baton_link_state(above) == BATON_RUNNING) return BATON_BUSY;
+    if (above) return BATON_BUSY;
*/
