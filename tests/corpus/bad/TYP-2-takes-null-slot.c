/* SPDX-License-Identifier: MIT */
/* Does not look whether a coroutine has a throw. */

/* patch abi/runtime/type.c
-  if (!table->throw_) return "as_coroutine: `throw_` is null (TYP-5)";
-
+
*/
