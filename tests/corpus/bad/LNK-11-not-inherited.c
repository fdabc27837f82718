/* SPDX-License-Identifier: MIT */
/* Shows no link the error that is handled above it. */

/* patch abi/runtime/hang.c
-    if (!baton_is_none(&handling->handled)) return 1;
+    if (!baton_is_none(&handling->handled)) return 0;
*/
