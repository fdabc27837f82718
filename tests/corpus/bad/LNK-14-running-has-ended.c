/* SPDX-License-Identifier: MIT */
/* Takes a link below that runs for one that has ended. */

/* patch abi/runtime/hang.c
-    error = baton_error_from_refusal(BATON_BUSY, &parent->handle);
+    error = baton_error_from_refusal(BATON_INVALID_STATE, &parent->handle);
*/
