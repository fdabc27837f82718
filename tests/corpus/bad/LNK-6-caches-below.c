/* SPDX-License-Identifier: MIT */
/* Leaves a leaf cache in a link that hangs under another. */

/* patch abi/runtime/hang.c
-#include "drive.h"
+#include "coro.h"
+#include "drive.h"
*/

/* patch abi/runtime/hang.c
-  uint32_t op = baton_descend(drive, link, BATON_OP_SEND);
+  int own = baton_is_coro(&child->handle);
+  uint32_t op = baton_descend(drive, link, BATON_OP_SEND);
+  if (!own && link->kind == BATON_KIND_COROUTINE) link->leaf = drive->leaf;
*/
