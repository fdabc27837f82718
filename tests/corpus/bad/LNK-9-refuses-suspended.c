/* SPDX-License-Identifier: MIT */
/* Does not await a coroutine that is suspended already. */

/* patch abi/runtime/hang.c
-  return state == BATON_CREATED || state == BATON_SUSPENDED ||
+  return state == BATON_CREATED ||
+         (state == BATON_SUSPENDED && link->kind != BATON_KIND_COROUTINE) ||
*/
