/* SPDX-License-Identifier: MIT */
/* Adds no frames for links that are not its own. */

/* patch abi/runtime/drive.c
-#include "thread.h"
+#include "coro.h"
*/

/* patch abi/runtime/drive.c
-  add_frame(handle, out);
-  if (baton_un
+  if (baton_is_coro(handle)) add_frame(handle, out);
+  if (baton_un
*/
