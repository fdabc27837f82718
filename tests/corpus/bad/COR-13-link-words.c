/* SPDX-License-Identifier: MIT */
/* The error for an unknown status of a link does not tell it. */

/* patch abi/runtime/drive.c
-                        : baton_error_from_status(*status, handle);
+               : *status == BATON_ITEM
+                   ? baton_error_from_status(*status, handle)
+                   : baton_error_new(BATON_ERROR_RUNTIME, "bad status");
*/
