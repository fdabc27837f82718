/* SPDX-License-Identifier: MIT */
/* The waker of kit.run wakes, and yet refuses, on another thread. */

/* patch abi/runtime/block_on.c
-  asleep->woken = 1;
-  pthread_cond_signal(&asleep->changed);
-  pthread_mutex_unlock(&asleep->lock);
-  return BATON_OK;
+  asleep->woken = 1;
+  pthread_cond_signal(&asleep->changed);
+  pthread_mutex_unlock(&asleep->lock);
+  return runs ? BATON_OK : BATON_WRONG_THREAD;
*/

/* patch abi/runtime/block_on.c
-static int32_t BATON_CALL sleeper_wake_by_ref(
+static _Thread_local int runs;
+
+static int32_t BATON_CALL sleeper_wake_by_ref(
*/

/* patch abi/runtime/block_on.c
-static int32_t BATON_CALL sleeper_wake(const baton_waker *self) {
-  sleeper_wake_by_ref(self);
-  return sleeper_drop(self);
+static int32_t BATON_CALL sleeper_wake(const baton_waker *self) {
+  int32_t status = sleeper_wake_by_ref(self);
+  sleeper_drop(self);
+  return status;
*/

/* patch abi/runtime/block_on.c
-  asleep = sleeper_new();
+  runs = 1;
+  asleep = sleeper_new();
*/
