/* SPDX-License-Identifier: MIT */
/* A send that goes on with a close lets any suspension pass. */

/* patch abi/runtime/drive.c
-  int32_t status = enter(self);
-  if (status != BATON_OK) return status;
-  if (baton_link_state(root) == BATON_CREATED && !baton_is_none(in) &&
+  int32_t status = enter(self);
+  if (status != BATON_OK) return status;
+  if (drive.marks) cx->accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
+  if (baton_link_state(root) == BATON_CREATED && !baton_is_none(in) &&
*/
