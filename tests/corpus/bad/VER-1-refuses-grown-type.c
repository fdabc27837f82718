/* SPDX-License-Identifier: MIT */
/* Refuses a descriptor that has grown. */

/* patch abi/runtime/type.c
-  if (!REACHES(type, baton_type, query))
+  if (type->struct_size > sizeof *type || !REACHES(type, baton_type, query))
*/
