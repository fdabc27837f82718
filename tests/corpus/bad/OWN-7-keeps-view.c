/* SPDX-License-Identifier: MIT */
/* An error asks the text that it was made with for its message, and does not
 * hold it. */
#define HAND_FAIL bad_fail
#define HAND_ERROR_MESSAGE bad_error_message
#include "../good/hand/hand.c"

/* The size of a message that is a text. */
#define LENT UINT64_MAX

static int32_t bad_fail(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  baton_value text = self->y;
  baton_text_view view;
  int lent = hand_view_text(&text, &view) == BATON_OK;
  int32_t status = hand_fail(self, cx, op, in, out);
  if (!lent || !baton_is_object(out)) return status;
  baton_value made =
      hand_error_new(baton_error_kind(out), (char *)&text, sizeof text);
  baton_drop(out);
  *out = made;
  if (baton_is_object(out)) hand_error_of(out)->size = LENT;
  return status;
}

static int32_t BATON_CALL bad_error_message(const baton_value *self,
                                            baton_text_view *out) {
  baton_value text;
  if (hand_error_of(self)->size != LENT) return hand_error_message(self, out);
  memcpy(&text, hand_error_of(self)->message, sizeof text);
  return hand_view_text(&text, out);
}
