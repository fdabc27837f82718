/* SPDX-License-Identifier: MIT */
/* A nap of whose context a reserved member is set refuses. */

/* patch tests/corpus/good/c/nap.c
-  baton_check(nap_start(f, cx->waker));
+  if (cx->reserved0 == 0xa5a5a5a5u)
+    baton_raise(baton_error_new(BATON_ERROR_VALUE, "a reserved member"));
+  baton_check(nap_start(f, cx->waker));
*/
