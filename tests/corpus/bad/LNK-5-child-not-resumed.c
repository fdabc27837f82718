/* SPDX-License-Identifier: MIT */
/* Where the leaf of a chain is not known any more, sends to the child of the
   root and lets that find it. */

/* patch abi/runtime/hang.c
-  while (baton_is_link(&link->handle)) {
+  if (op == BATON_OP_SEND && from == drive->root && !from->returns_to &&
+      baton_is_link(&from->handle) &&
+      baton_link_state(baton_link_of(&from->handle)) == BATON_ATTACHED) {
+    baton_link_set(baton_link_of(&from->handle), BATON_SUSPENDED);
+    drive->leaf = from;
+    return op;
+  }
+  while (baton_is_link(&link->handle)) {
*/
