/* SPDX-License-Identifier: MIT */
/* Looks at the version of a descriptor first, and releases by what is found to
   be none. */

/* patch abi/runtime/type.c
-  return !prefix_fault(type) && has_prefix_slots(type);
+  return (type->abi_major != BATON_ABI_MAJOR || !prefix_fault(type)) &&
+         has_prefix_slots(type);
*/
