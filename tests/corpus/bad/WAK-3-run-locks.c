/* SPDX-License-Identifier: MIT */
/* kit.run holds the lock of its waker while the coroutine runs. */

/* patch abi/runtime/block_on.c
-  pthread_mutex_init(&made->lock, NULL);
+  pthread_mutex_t recursive = {{.__kind = PTHREAD_MUTEX_RECURSIVE_NP}};
+  made->lock = recursive;
*/

/* patch abi/runtime/block_on.c
-  while ((status = baton_poll_step(&poll, &cx, 0, out)) == BATON_PENDING)
-    sleep_until_woken(asleep);
+  do {
+    pthread_mutex_lock(&asleep->lock);
+    status = baton_poll_step(&poll, &cx, 0, out);
+    pthread_mutex_unlock(&asleep->lock);
+    if (status == BATON_PENDING) sleep_until_woken(asleep);
+  } while (status == BATON_PENDING);
*/
