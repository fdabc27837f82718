/* SPDX-License-Identifier: MIT */
/* Says of a link in the middle of a chain that runs that it has ended. */

/* patch abi/runtime/drive.c
-    if (baton_link_state(above) == BATON_RUNNING) return BATON_BUSY;
+    if (baton_link_state(above) == BATON_RUNNING) return BATON_INVALID_STATE;
*/
