/* SPDX-License-Identifier: MIT */
/* A retain of an object that is not affine is refused on another thread. */
#define HAND_FIELDS pthread_t maker;
#define HAND_CREATE bad_create
#define HAND_RETAIN bad_retain
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  int32_t status = hand_create(self, cx, arguments, count, out);
  if (status == BATON_OK) hand_of(out)->maker = pthread_self();
  return status;
}

static int32_t BATON_CALL bad_retain(const baton_value *self) {
  if (!pthread_equal(hand_of(self)->maker, pthread_self()))
    return BATON_WRONG_THREAD;
  return hand_retain(self);
}
