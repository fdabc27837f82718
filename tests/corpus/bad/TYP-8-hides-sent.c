/* SPDX-License-Identifier: MIT */
/* What an asend is to send is held, and not visited. */

/* patch abi/runtime/async_generator.c
-  if (status == BATON_OK && baton_is_object(&step->value))
-    status = visit(&step->value, arg);
*/
