/* SPDX-License-Identifier: MIT */
/* A throw into a long chain is another error. */

/* patch abi/runtime/drive.c
-  if (status == BATON_OK) status = claim(&drive);
+  if (status == BATON_OK) status = claim(&drive);
+  int links = 0;
+  for (const baton_link *link = drive.root; baton_is_link(&link->handle);
+       link = baton_link_of(&link->handle))
+    links++;
+  if (links > 4000) {
+    baton_drop(error);
+    *error = baton_from_kind(BATON_ERROR_NO_MEMORY);
+  }
*/
