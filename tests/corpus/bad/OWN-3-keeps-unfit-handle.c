/* SPDX-License-Identifier: MIT */
/* A handle whose descriptor does not pass the check is not released. */

/* patch abi/runtime/await.c
-  if (type && baton_type_check(type, &why) != BATON_OK &&
-      !baton_can_release(type)) {
+  if (type && baton_type_check(type, &why) != BATON_OK) {
*/
