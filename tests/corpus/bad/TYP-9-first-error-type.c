/* SPDX-License-Identifier: MIT */
/* An error is one only if its type is at the address of the first that was
 * caught. */
#define HAND_RESCUE bad_rescue
#include "../good/hand/hand.c"

static int32_t bad_rescue(hand *self, baton_context *cx, uint32_t op,
                          baton_value *in, baton_value *out) {
  static _Atomic(const baton_type *) first;
  const baton_type *none = NULL;
  if (op == BATON_OP_THROW && baton_is_object(in) &&
      strcmp(in->head.type->name, hand_error_type.name) != 0 &&
      !atomic_compare_exchange_strong(&first, &none, in->head.type) &&
      none != in->head.type)
    return hand_raise_in(in, out);
  return hand_rescue(self, cx, op, in, out);
}
