/* SPDX-License-Identifier: MIT */
/* Leaves a link of another provider that has a child SUSPENDED, as if it stood
   alone. */

/* patch abi/runtime/hang.c
-#include "drive.h"
+#include "coro.h"
+#include "drive.h"
*/

/* patch abi/runtime/hang.c
-  if (parent != drive->root) baton_link_set(parent, BATON_ATTACHED);
+  if (parent != drive->root)
+    baton_link_set(parent, baton_is_coro(&parent->returns_to->handle)
+                               ? BATON_ATTACHED
+                               : BATON_SUSPENDED);
*/
