/* SPDX-License-Identifier: MIT */
/* Holds the lock with which it makes coroutines while it clones a waker. */

/* patch tests/corpus/good/c/nap.c
-  int32_t status = waker->methods->clone(waker, &clone);
+  extern pthread_mutex_t body_lock;
+  pthread_mutex_lock(&body_lock);
+  int32_t status = waker->methods->clone(waker, &clone);
+  pthread_mutex_unlock(&body_lock);
*/

/* patch tests/corpus/good/c/library.c
-  int32_t status = baton_coro_new(own->body, out);
+  pthread_mutex_lock(&body_lock);
+  int32_t status = baton_coro_new(own->body, out);
+  pthread_mutex_unlock(&body_lock);
*/

/* patch tests/corpus/good/c/library.c
-#include <string.h>
+#include <pthread.h>
+#include <string.h>
+
+pthread_mutex_t body_lock = PTHREAD_MUTEX_INITIALIZER;
*/
