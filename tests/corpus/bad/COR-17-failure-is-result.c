/* SPDX-License-Identifier: MIT */
/* The failure of a close that an exit began is the result of what awaited. */

/* patch abi/runtime/exit.c
-    baton_drop(&error);
-    return BATON_OP_THROW;
+    baton_drop(&error);
+    return BATON_OP_SEND;
*/
