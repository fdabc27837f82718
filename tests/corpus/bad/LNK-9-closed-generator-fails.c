/* SPDX-License-Identifier: MIT */
/* Takes a generator that has ended for a coroutine that has. */

/* patch abi/runtime/hang.c
-  if (status == BATON_INVALID_STATE && link->kind == BATON_KIND_GENERATOR) {
+  if (status == BATON_INVALID_STATE && link->kind > BATON_KIND_AWAITABLE) {
*/
