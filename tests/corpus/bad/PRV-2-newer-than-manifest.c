/* SPDX-License-Identifier: MIT */
/* Is of a newer minor version than its manifest describes. */

/* patch tests/corpus/good/c/library.c
-      .abi_minor = BATON_ABI_MINOR,
+      .abi_minor = BATON_ABI_MINOR + 1,
*/
