/* SPDX-License-Identifier: MIT */
/* What has ended has no extensions any more. */
#define HAND_QUERY bad_query
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_query(const baton_value *self, const char *id,
                                    const void **out) {
  int ended = self->head.type == &hand_type &&
              hand_of(self)->body->resume == hand_greet &&
              atomic_load(&hand_of(self)->state) == BATON_CLOSED;
  if (!ended) return hand_query(self, id, out);
  *out = NULL;
  return BATON_UNSUPPORTED;
}
