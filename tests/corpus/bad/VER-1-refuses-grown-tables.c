/* SPDX-License-Identifier: MIT */
/* Refuses a table of slots that has grown. */

/* patch abi/runtime/type.c
-  if (!REACHES(table, baton_coroutine_methods, close))
+  if (table->struct_size != sizeof *table)
*/
