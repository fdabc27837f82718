/* SPDX-License-Identifier: MIT */
/* A coroutine of its own that has ended is awaited with other words. */

/* patch abi/runtime/hang.c
-  return baton_error_from_refusal(status, handle);
-}
-
-static uint32_t hang_link
+  if (status == BATON_INVALID_STATE && baton_coro_body(handle))
+    return baton_error_new(BATON_ERROR_RUNTIME, "it has ended");
+  return baton_error_from_refusal(status, handle);
+}
+
+static uint32_t hang_link
*/

/* patch abi/runtime/hang.c
-#include "await.h"
+#include "await.h"
+#include "coro.h"
*/
