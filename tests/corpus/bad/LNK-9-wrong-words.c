/* SPDX-License-Identifier: MIT */
/* Has words of its own for what is awaited twice. */

/* patch abi/runtime/hang.c
-                           "coroutine is being awaited already");
+                           "somebody awaits this coroutine");
*/
