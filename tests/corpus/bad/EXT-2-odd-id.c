/* SPDX-License-Identifier: MIT */
/* The manifest has an extension whose id begins with no domain name. */

/* patch tests/corpus/good/c/library.c
-  static const baton_manifest manifest = {
-      sizeof manifest, 0, baton_manifest_data.bytes, BATON_MANIFEST_DATA_SIZE};
+  static _Alignas(8) uint8_t bytes[BATON_MANIFEST_DATA_SIZE];
+  static const baton_manifest manifest = {
+      sizeof manifest, 0, bytes, BATON_MANIFEST_DATA_SIZE};
+  static const char scalar[] = BATON_EXT_SCALAR;
+  memcpy(bytes, baton_manifest_data.bytes, sizeof bytes);
+  for (size_t at = 0; at + sizeof scalar <= sizeof bytes; at++)
+    if (memcmp(bytes + at, scalar, sizeof scalar) == 0) bytes[at] = '!';
*/
