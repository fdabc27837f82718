/* SPDX-License-Identifier: MIT */
/* Names, for an unknown status, the type of what is driven, and not of what
   gave it. */

/* patch abi/runtime/drive.c
-                        : baton_error_from_status(*status, handle);
+                        : baton_error_from_status(
+                              *status,
+                              *status == BATON_ITEM ? handle : drive->self);
*/
