/* SPDX-License-Identifier: MIT */
/* The table of its errors ends before the last of the slots. */

/* patch abi/runtime/error.c
-static const baton_error_methods error_methods = {sizeof(baton_error_methods),
+static const baton_error_methods error_methods = {offsetof(baton_error_methods,
+                                                          add_frame),
*/
