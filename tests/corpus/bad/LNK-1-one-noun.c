/* SPDX-License-Identifier: MIT */
/* Calls a generator that hangs in a chain a coroutine, against its link. */

/* patch abi/runtime/drive.c
-                           baton_link_noun(link), name);
+                           link->kind == BATON_KIND_GENERATOR && link->returns_to
+                               ? "coroutine"
+                               : baton_link_noun(link),
+                           name);
*/
