/* SPDX-License-Identifier: MIT */
/* A generator-exit that is thrown goes to the innermost link. */

/* patch abi/runtime/drive.c
-  if (!baton_is_none(&root->handle) &&
+  if (!baton_is_none(&root->handle) && !baton_is_link(&root->handle) &&
*/
