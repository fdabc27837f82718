/* SPDX-License-Identifier: MIT */
/* Holds a lock of its own while it asks for the handle of an awaitable. */

/* patch abi/runtime/await.c
-#include "drive.h"
+#include "drive.h"
+
+#include <pthread.h>
+
+static pthread_mutex_t lock = {{.__kind = PTHREAD_MUTEX_RECURSIVE_NP}};
*/

/* patch abi/runtime/await.c
-  status = methods->am_await(awaitable, cx, out);
+  pthread_mutex_lock(&lock);
+  status = methods->am_await(awaitable, cx, out);
+  pthread_mutex_unlock(&lock);
*/
