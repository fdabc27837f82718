/* SPDX-License-Identifier: MIT */
/* Keeps its reference to a generator that hangs by the count in its link,
   which is its author's. */

/* patch abi/runtime/hang.c
-#include "drive.h"
+#include "coro.h"
+#include "drive.h"
*/

/* patch abi/runtime/hang.c
-  link->returns_to = parent;
-  if (state
+  link->returns_to = parent;
+  if (link->kind == BATON_KIND_GENERATOR && !baton_is_coro(&child->handle))
+    link->count++;
+  if (state
*/
