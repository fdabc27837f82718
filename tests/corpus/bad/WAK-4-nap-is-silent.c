/* SPDX-License-Identifier: MIT */
/* The thread that ends kit.nap gives its waker back instead of waking it. */

/* patch tests/corpus/good/c/nap.c
-  if (waker) waker->methods->wake(waker);
+  if (waker) waker->methods->drop(waker);
*/
