/* SPDX-License-Identifier: MIT */
/* Does not mark the leaf that it resumes as running. */

/* patch abi/runtime/drive.c
-  baton_link_set(leaf, BATON_RUNNING);
-  return handle->head
+  if (leaf == drive->root) baton_link_set(leaf, BATON_RUNNING);
+  return handle->head
*/

/* patch abi/runtime/drive.c
-    handle = &leaf->returns_to->handle;
-    baton_link_set(leaf, BATON_RUNNING);
+    handle = &leaf->returns_to->handle;
*/

/* patch abi/runtime/coro_send.c
-  baton_link_set(root, BATON_RUNNING);
-  baton_link_set(leaf, BATON_RUNNING);
+  baton_link_set(root, BATON_RUNNING);
*/
