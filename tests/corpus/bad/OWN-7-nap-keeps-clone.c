/* SPDX-License-Identifier: MIT */
/* kit.nap wakes its clone by reference, and keeps it. */

/* patch tests/corpus/good/c/nap.c
-  if (waker) waker->methods->wake(waker);
+  if (waker) waker->methods->wake_by_ref(waker);
*/
