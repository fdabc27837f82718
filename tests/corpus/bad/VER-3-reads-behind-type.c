/* SPDX-License-Identifier: MIT */
/* Reads behind the end of a descriptor. */

/* patch abi/runtime/type.c
-  if (!REACHES(type, baton_type, query))
+  (void)((const volatile char *)type)[sizeof *type];
+  if (!REACHES(type, baton_type, query))
*/
