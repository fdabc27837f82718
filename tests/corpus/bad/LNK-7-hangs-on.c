/* SPDX-License-Identifier: MIT */
/* Leaves the link of a child that has ended hanging in the chain. */

/* patch abi/runtime/hang.c
-#include "drive.h"
+#include "coro.h"
+#include "drive.h"
*/

/* patch abi/runtime/hang.c
-    link->returns_to = NULL;
-
+    if (baton_is_coro(&handle) || baton_link_state(link) != BATON_CLOSED)
+      link->returns_to = NULL;
+
*/
