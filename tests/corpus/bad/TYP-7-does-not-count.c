/* SPDX-License-Identifier: MIT */
/* A retain of what was never awaited says that it has counted, and has not. */
#define HAND_FIELDS int awaited;
#define HAND_AM_AWAIT bad_am_await
#define HAND_RETAIN bad_retain
#define HAND_FREE bad_free
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_await(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  if (self->head.type == &hand_type) hand_of(self)->awaited = 1;
  return hand_am_await(self, cx, out);
}

static int32_t BATON_CALL bad_retain(const baton_value *self) {
  const hand *own = hand_of(self);
  if (own->body->resume == hand_relay && !own->awaited) return BATON_OK;
  return hand_retain(self);
}

/* What is used after its end is not to crash. */
static void bad_free(void *block) { atomic_fetch_sub(&hand_blocks, 1); }
