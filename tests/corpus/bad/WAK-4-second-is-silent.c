/* SPDX-License-Identifier: MIT */
/* A wake of the second child of kit.both wakes nobody. */

/* patch abi/runtime/group_wake.c
-  const baton_waker *outer = baton_exchange(&child->group->outer, NULL);
-  if (outer) outer->methods->wake(outer);
+  if (child != &child->group->children[0]) return BATON_OK;
+  const baton_waker *outer = baton_exchange(&child->group->outer, NULL);
+  if (outer) outer->methods->wake(outer);
*/
