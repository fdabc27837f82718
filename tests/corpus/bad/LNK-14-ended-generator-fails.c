/* SPDX-License-Identifier: MIT */
/* Raises an error where a generator below has ended. */

/* patch abi/runtime/hang.c
-  else if (op != BATON_STEP_CLOSE && link->kind != BATON_KIND_GENERATOR)
+  else if (op != BATON_STEP_CLOSE)
*/
