/* SPDX-License-Identifier: MIT */
/* A clone of the waker is another one than the calls that follow show. */
#define HAND_BELL_CLONE bad_bell_clone
#include "../good/hand/hand.c"

typedef struct {
  baton_waker waker;
  const baton_waker *bell;
} bad_clone;

static int32_t BATON_CALL clone_again(const baton_waker *self,
                                      const baton_waker **out) {
  return bad_bell_clone(((const bad_clone *)self)->bell, out);
}

static int32_t BATON_CALL clone_wake_by_ref(const baton_waker *self) {
  return hand_bell_wake_by_ref(((const bad_clone *)self)->bell);
}

static int32_t BATON_CALL clone_drop(const baton_waker *self) {
  hand_bell_drop(((const bad_clone *)self)->bell);
  HAND_FREE((void *)(uintptr_t)self);
  return BATON_OK;
}

static int32_t BATON_CALL clone_wake(const baton_waker *self) {
  clone_wake_by_ref(self);
  return clone_drop(self);
}

static int32_t BATON_CALL bad_bell_clone(const baton_waker *self,
                                         const baton_waker **out) {
  static const baton_waker_methods methods = {sizeof methods,    0,
                                              clone_again,       clone_wake,
                                              clone_wake_by_ref, clone_drop};
  bad_clone *made = HAND_ALLOCATE(sizeof *made);
  if (!made) return BATON_NO_MEMORY;
  made->waker.methods = &methods;
  hand_bell_clone(self, &made->bell);
  *out = &made->waker;
  return BATON_OK;
}
