/* SPDX-License-Identifier: MIT */
/* The leaf below an awaitable of an async generator is not RUNNING when it is
 * resumed. */

/* patch abi/runtime/drive.c
-    handle = &leaf->returns_to->handle;
-    baton_link_set(leaf, BATON_RUNNING);
+    handle = &leaf->returns_to->handle;
*/
