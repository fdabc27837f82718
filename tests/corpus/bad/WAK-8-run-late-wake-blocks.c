/* SPDX-License-Identifier: MIT */
/* A wake that comes after the end of kit.run never returns. */

/* patch abi/runtime/block_on.c
-static int32_t BATON_CALL sleeper_wake(const baton_waker *self) {
-
+static int32_t BATON_CALL sleeper_wake(const baton_waker *self) {
+  while (sleeper_of(self)->woken < 0) pause();
+
*/

/* patch abi/runtime/block_on.c
-#include <pthread.h>
+#include <pthread.h>
+#include <unistd.h>
*/

/* patch abi/runtime/block_on.c
-  asleep->woken = 1;
+  if (asleep->woken == 0) asleep->woken = 1;
*/

/* patch abi/runtime/block_on.c
-  sleeper_drop(&asleep->waker);
-  return status;
+  asleep->woken = -1;
+  sleeper_drop(&asleep->waker);
+  return status;
*/
