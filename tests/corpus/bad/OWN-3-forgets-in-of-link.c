/* SPDX-License-Identifier: MIT */
/* What a link was sent and did not take is forgotten when it ends. */

/* patch abi/runtime/drive.c
-  baton_value held = baton_unhang(parent);
-  baton_drop(drive->in);
+  baton_value held = baton_unhang(parent);
*/
