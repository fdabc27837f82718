/* SPDX-License-Identifier: MIT */
/* kit.run loses the hundredth wake of its waker. */

/* patch abi/runtime/block_on.c
-  asleep->woken = 1;
-  pthread_cond_signal
+  asleep->woken |= ++asleep->wakes != 100;
+  pthread_cond_signal
*/

/* patch abi/runtime/block_on.c
-  made->woken = 0;
+  made->woken = made->wakes = 0;
*/

/* patch abi/runtime/block_on.c
-  int woken;
+  int woken, wakes;
*/
