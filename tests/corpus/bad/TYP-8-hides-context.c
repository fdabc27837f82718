/* SPDX-License-Identifier: MIT */
/* The context of an error is held, and not visited. */

/* patch abi/runtime/error.c
-  for (int i = 0; i < 3 && status == BATON_OK; i++)
+  for (int i = 0; i < 2 && status == BATON_OK; i++)
*/
