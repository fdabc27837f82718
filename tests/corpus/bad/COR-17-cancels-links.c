/* SPDX-License-Identifier: MIT */
/* Cancels, below a generator-exit that is thrown, the links that are not its
   own. */

/* patch abi/runtime/exit.c
-#include "drive.h"
+#include "coro.h"
+#include "drive.h"
*/

/* patch abi/runtime/exit.c
-  return baton_drive_throw(drive, baton_from_kind(BATON_ERROR_GENERATOR_EXIT));
+  uint32_t kind = BATON_ERROR_GENERATOR_EXIT;
+  if (drive->exit_target && leaf != drive->root &&
+      !baton_is_coro(&leaf->returns_to->handle))
+    kind = BATON_ERROR_CANCELLED;
+  return baton_drive_throw(drive, baton_from_kind(kind));
*/
