/* SPDX-License-Identifier: MIT */
/* Takes items from its own async generators only. */

/* patch abi/runtime/drive.c
-#include "thread.h"
+#include "coro.h"
*/

/* patch abi/runtime/drive.c
-  if (drive->leaf->kind != BATON_KIND_ASYNC_GENERATOR)
+  if (!baton_is_coro(baton_drive_handle(drive, drive->leaf)) ||
+      drive->leaf->kind != BATON_KIND_ASYNC_GENERATOR)
*/
