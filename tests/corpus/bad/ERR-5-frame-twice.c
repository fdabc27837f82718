/* SPDX-License-Identifier: MIT */
/* Adds the frame of a link twice. */

/* patch abi/runtime/drive.c
-  add_frame(handle, out);
+  add_frame(handle, out);
+  if (link->returns_to) add_frame(handle, out);
*/
