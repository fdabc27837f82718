/* SPDX-License-Identifier: MIT */
/* What is no link is not shown the error that the caller of the chain handles.
 */

/* patch abi/runtime/drive.c
-  int32_t status;
-  if (baton_link_flags(drive->leaf) &
+  int32_t status;
+  drive->cx->handled = NULL;
+  if (baton_link_flags(drive->leaf) &
*/
