/* SPDX-License-Identifier: MIT */
/* kit.both holds a lock that its wakers need while a child runs. */

/* patch abi/runtime/group.c
-      status = baton_poll_step(&child->poll, cx, forward, out);
+      pthread_mutex_lock(&baton_group_lock);
+      status = baton_poll_step(&child->poll, cx, forward, out);
+      pthread_mutex_unlock(&baton_group_lock);
*/

/* patch abi/runtime/group.c
-#include "group.h"
+#include "group.h"
+
+#include <pthread.h>
+
+extern pthread_mutex_t baton_group_lock;
*/

/* patch abi/runtime/group_wake.c
-#include "group.h"
+#include "group.h"
+
+#include <pthread.h>
+
+pthread_mutex_t baton_group_lock = {{.__kind = PTHREAD_MUTEX_RECURSIVE_NP}};
*/

/* patch abi/runtime/group_wake.c
-  baton_child_ready(child);
-
+  pthread_mutex_lock(&baton_group_lock);
+  baton_child_ready(child);
+  pthread_mutex_unlock(&baton_group_lock);
+
*/
