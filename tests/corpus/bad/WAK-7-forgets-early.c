/* SPDX-License-Identifier: MIT */
/* A wake that comes while the child still runs is forgotten by who passes it
 * on. */
#define HAND_RUN bad_run
#include "../good/hand/hand.c"

typedef struct {
  baton_waker waker;
  atomic_uint references;
  atomic_uint runs;
  const baton_waker *above;
} bad_waker;

static bad_waker *waker_of(const baton_waker *self) {
  return (bad_waker *)(uintptr_t)self;
}

static int32_t BATON_CALL bad_clone(const baton_waker *self,
                                    const baton_waker **out) {
  atomic_fetch_add(&waker_of(self)->references, 1);
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL bad_wake_by_ref(const baton_waker *self) {
  const bad_waker *own = waker_of(self);
  return atomic_load(&own->runs) ? BATON_OK
                                 : own->above->methods->wake_by_ref(own->above);
}

static int32_t BATON_CALL bad_drop(const baton_waker *self) {
  bad_waker *own = waker_of(self);
  if (atomic_fetch_sub(&own->references, 1) != 1) return BATON_OK;
  own->above->methods->drop(own->above);
  HAND_FREE(own);
  return BATON_OK;
}

static int32_t BATON_CALL bad_wake(const baton_waker *self) {
  bad_wake_by_ref(self);
  return bad_drop(self);
}

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  static const baton_waker_methods methods = {
      sizeof methods, 0, bad_clone, bad_wake, bad_wake_by_ref, bad_drop};
  const baton_waker *above = cx->waker;
  bad_waker *own = above && hand_of(self)->body->resume == hand_relay
                       ? HAND_ALLOCATE(sizeof *own)
                       : NULL;
  if (!own) return hand_run(self, cx, op, in, out);
  own->waker.methods = &methods;
  atomic_init(&own->references, 1);
  atomic_init(&own->runs, 1);
  above->methods->clone(above, &own->above);
  cx->waker = &own->waker;
  int32_t status = hand_run(self, cx, op, in, out);
  cx->waker = above;
  atomic_store(&own->runs, 0);
  bad_drop(&own->waker);
  return status;
}
