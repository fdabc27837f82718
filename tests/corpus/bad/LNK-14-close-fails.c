/* SPDX-License-Identifier: MIT */
/* Closes with an error where a coroutine below has ended. */

/* patch abi/runtime/hang.c
-  else if (op != BATON_STEP_CLOSE && link->kind != BATON_KIND_GENERATOR)
+  else if (link->kind != BATON_KIND_GENERATOR)
*/
