/* SPDX-License-Identifier: MIT */
/* Has a 1 in the reserved member of its manifest's table. */

/* patch tests/corpus/good/c/library.c
-      sizeof manifest, 0, baton_manifest_data.bytes
+      sizeof manifest, 1, baton_manifest_data.bytes
*/
