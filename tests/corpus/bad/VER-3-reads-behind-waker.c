/* SPDX-License-Identifier: MIT */
/* Reads behind the end of a waker. */

/* patch tests/corpus/good/c/nap.c
-  const baton_waker *clone = NULL;
-
+  const baton_waker *clone = NULL;
+  if (waker) (void)((const volatile char *)waker)[sizeof *waker];
+
*/
