/* SPDX-License-Identifier: MIT */
/* Forgets what it has converted. */

/* patch abi/runtime/drive.c
-  baton_error_set_cause(error, &cause);
+  baton_drop(&cause);
*/
