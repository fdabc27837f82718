/* SPDX-License-Identifier: MIT */
/* Of coroutines that hold each other the release reaches the first few. */

/* patch abi/runtime/release.c
-    baton_link_wait(link, waiting, finish);
-    waiting = link;
-    return;
+    baton_link_wait(link, waiting, finish);
+    return;
*/
