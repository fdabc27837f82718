/* SPDX-License-Identifier: MIT */
/* Of two links that handle an error each, the one further above counts. */

/* patch abi/runtime/drive.c
-static const baton_value *find_handled(const baton_drive *drive,
-                                       const baton_link *link) {
+static const baton_value *find_handled(const baton_drive *drive,
+                                       const baton_link *link) {
+  const baton_value *found = NULL;
*/

/* patch abi/runtime/drive.c
-      if (!baton_is_none(&handling->handled)) return &handling->handled;
+      if (!baton_is_none(&handling->handled)) found = &handling->handled;
*/

/* patch abi/runtime/drive.c
-    if (link == drive->root) return drive->cx->handled;
+    if (link == drive->root) return found ? found : drive->cx->handled;
*/
