/* SPDX-License-Identifier: MIT */
/* What a stop-iteration becomes has no cause. */

/* patch abi/runtime/drive.c
-  baton_error_set_cause(error, &cause);
+  baton_drop(&cause);
*/
