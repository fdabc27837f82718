/* SPDX-License-Identifier: MIT */
/* A close raises cancelled in the links of other authors. */

/* patch abi/runtime/exit.c
-  return baton_drive_throw(drive, baton_from_kind(BATON_ERROR_GENERATOR_EXIT));
+  int own = drive->exit_target ||
+            baton_drive_handle(drive, drive->leaf)->head.type->provider ==
+            baton_drive_handle(drive, drive->root)->head.type->provider;
+  return baton_drive_throw(drive,
+                           baton_from_kind(own ? BATON_ERROR_GENERATOR_EXIT
+                                               : BATON_ERROR_CANCELLED));
*/
