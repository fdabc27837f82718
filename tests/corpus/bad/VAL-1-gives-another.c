/* SPDX-License-Identifier: MIT */
/* kit.give returns another object than the one from abroad that it was given. */

/* patch tests/corpus/good/c/coroutines.c
-  baton_begin(body_frame, f);
-  baton_return(baton_take(&f->a));
-  baton_cleanup;
-  baton_end;
-}
-BODY(give,
+  baton_begin(body_frame, f);
+  if (baton_is_object(&f->a) && !baton_is_error(&f->a))
+    baton_return(baton_error_new(BATON_ERROR_VALUE, "another"));
+  baton_return(baton_take(&f->a));
+  baton_cleanup;
+  baton_end;
+}
+BODY(give,
*/
