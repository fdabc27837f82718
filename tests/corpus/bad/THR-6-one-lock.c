/* SPDX-License-Identifier: MIT */
/* Has one lock for all threads, and holds it while a child is called. */

/* patch abi/runtime/drive.c
-#include "thread.h"
+#include "thread.h"
+
+#include <pthread.h>
+
+static pthread_mutex_t lock = {{.__kind = PTHREAD_MUTEX_RECURSIVE_NP}};
*/

/* patch abi/runtime/drive.c
-      op = status == BATON_OK ? step_foreign(drive, op, &status)
-                              : BATON_STEP_STOP;
+      pthread_mutex_lock(&lock);
+      op = status == BATON_OK ? step_foreign(drive, op, &status)
+                              : BATON_STEP_STOP;
+      pthread_mutex_unlock(&lock);
*/
