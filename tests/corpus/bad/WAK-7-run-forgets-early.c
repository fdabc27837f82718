/* SPDX-License-Identifier: MIT */
/* kit.run forgets that it was woken before it sleeps. */

/* patch abi/runtime/block_on.c
-  pthread_mutex_lock(&asleep->lock);
-  while (!asleep->woken)
+  pthread_mutex_lock(&asleep->lock);
+  asleep->woken = 0;
+  while (!asleep->woken)
*/
