/* SPDX-License-Identifier: MIT */
/* Releases by a descriptor of its version that ends before its release. */

/* patch abi/runtime/type.c
-  if (type->struct_size < BATON_TYPE_PREFIX_SIZE ||
+  if ((type->struct_size < BATON_TYPE_PREFIX_SIZE &&
+       type->abi_major != BATON_ABI_MAJOR) ||
*/
