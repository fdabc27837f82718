/* SPDX-License-Identifier: MIT */
/* kit.nap makes a clone of the waker of each call, though it be the one that
   it keeps. */

/* patch tests/corpus/good/c/nap.c
-  if (!waker || waker == old) return BATON_OK;
+  if (!waker) return BATON_OK;
*/
