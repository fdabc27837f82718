/* SPDX-License-Identifier: MIT */
/* Refuses a waker with a reserved member that is not 0. */

/* patch tests/corpus/good/c/nap.c
-  int32_t status = waker->methods->clone(waker, &clone);
+  if (waker->methods->reserved0) return BATON_VERSION_MISMATCH;
+  int32_t status = waker->methods->clone(waker, &clone);
*/
