/* SPDX-License-Identifier: MIT */

/** @file
 * Introspection. No link is shared, so only the driver asks for the state.
 */

HAND_LOCAL int32_t BATON_CALL hand_state(const baton_value *self,
                                         uint32_t *out) {
  *out = atomic_load(&hand_of(self)->state);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_kind(const baton_value *self,
                                        uint32_t *out) {
  *out = hand_of(self)->body->kind;
  return BATON_OK;
}

static baton_text_view hand_view(const char *text) {
  return (baton_text_view){text, strlen(text)};
}

/* "give" of "kit.give". */
HAND_LOCAL int32_t BATON_CALL hand_name(const baton_value *self,
                                        baton_text_view *out) {
  const char *whole = hand_of(self)->body->name, *dot = strrchr(whole, '.');
  *out = hand_view(dot ? dot + 1 : whole);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_qualified_name(const baton_value *self,
                                                  baton_text_view *out) {
  *out = hand_view(hand_of(self)->body->name);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_location(const baton_value *self,
                                            baton_frame *out) {
  *out =
      (baton_frame){"c", hand_of(self)->body->name, "", 0, BATON_FRAME_STATIC};
  return BATON_OK;
}

/* What was given, or its handle if only that is kept. */
HAND_LOCAL int32_t BATON_CALL hand_delegated_to(const baton_value *self,
                                                baton_value *out) {
  const hand_child *child = &hand_of(self)->child;
  return baton_copy(
      baton_is_none(&child->owner) ? &child->handle : &child->owner, out);
}

static const baton_introspect hand_introspect = {
    .struct_size = sizeof(baton_introspect),
    .state = HAND_STATE,
    .kind = HAND_KIND,
    .name = HAND_NAME,
    .qualified_name = HAND_QUALIFIED_NAME,
    .location = HAND_LOCATION,
    .delegated_to = HAND_DELEGATED_TO};
