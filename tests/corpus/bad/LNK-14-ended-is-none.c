/* SPDX-License-Identifier: MIT */
/* Goes on with none where a coroutine below has ended. */

/* patch abi/runtime/hang.c
-  else if (op != BATON_STEP_CLOSE && link->kind != BATON_KIND_GENERATOR)
+  else if (op != BATON_STEP_CLOSE && link->kind > BATON_KIND_AWAITABLE)
*/
