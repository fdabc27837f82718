/* SPDX-License-Identifier: MIT */

/** @file
 * kit.nap: a PENDING that a thread of its own ends.
 */

/** Shared by the body and the thread. */
struct hand_nap_state {
  pthread_mutex_t lock;
  int references;
  int over;
  const baton_waker *waker; /* the body's clone: of its latest call */
};

/* The threads that have not ended, for kit.live. */
static struct {
  pthread_mutex_t lock;
  pthread_cond_t fewer;
  int count;
} hand_naps = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};

static void hand_naps_add(int change) {
  pthread_mutex_lock(&hand_naps.lock);
  hand_naps.count += change;
  pthread_cond_broadcast(&hand_naps.fewer);
  pthread_mutex_unlock(&hand_naps.lock);
}

static void hand_naps_wait(void) {
  pthread_mutex_lock(&hand_naps.lock);
  while (hand_naps.count > 0)
    pthread_cond_wait(&hand_naps.fewer, &hand_naps.lock);
  pthread_mutex_unlock(&hand_naps.lock);
}

/* Gives up one's share and takes the waker out. */
static const baton_waker *hand_nap_leave(hand_nap_state *nap, int over) {
  pthread_mutex_lock(&nap->lock);
  const baton_waker *waker = nap->waker;
  int last = --nap->references == 0;
  nap->waker = NULL;
  nap->over |= over;
  pthread_mutex_unlock(&nap->lock);
  if (last) {
    pthread_mutex_destroy(&nap->lock);
    HAND_FREE(nap);
  }
  return waker;
}

/* Ends the nap. Nothing is locked while the waker is called (THR-6). */
HAND_LOCAL void hand_nap_end(hand_nap_state *nap) {
  const baton_waker *waker = hand_nap_leave(nap, 1);
  if (waker) waker->methods->wake(waker);
}

static void *hand_nap_thread(void *nap) {
  HAND_NAP_END(nap);
  hand_naps_add(-1);
  return NULL;
}

/* Without a thread to be had, the wake comes before PENDING is returned. */
static void hand_nap_start(hand_nap_state *nap) {
  pthread_t thread;
  hand_naps_add(1);
  if (pthread_create(&thread, NULL, hand_nap_thread, nap) == 0)
    pthread_detach(thread);
  else
    hand_nap_thread(nap);
}

/* Keeps a clone of the waker of this call, unless it is the one that is kept
 * (WAK-5). @return BATON_OK, NO_MEMORY. */
HAND_LOCAL int32_t hand_keep_waker(hand_nap_state *nap,
                                   const baton_context *cx) {
  const baton_waker *clone = NULL, *old;
  pthread_mutex_lock(&nap->lock);
  old = nap->waker;
  pthread_mutex_unlock(&nap->lock);
  if (!cx->waker || cx->waker == old) return BATON_OK;
  int32_t status = cx->waker->methods->clone(cx->waker, &clone);
  if (status != BATON_OK) return status;
  pthread_mutex_lock(&nap->lock);
  old = nap->waker;
  nap->waker = clone;
  pthread_mutex_unlock(&nap->lock);
  if (old) old->methods->drop(old);
  return BATON_OK;
}

static int hand_nap_is_over(hand_nap_state *nap) {
  pthread_mutex_lock(&nap->lock);
  int over = nap->over;
  pthread_mutex_unlock(&nap->lock);
  return over;
}

/* The body has ended: a clone that is left is dropped. */
HAND_LOCAL void hand_nap_drop(hand *own) {
  if (!own->nap) return;
  const baton_waker *waker = hand_nap_leave(own->nap, 0);
  own->nap = NULL;
  if (waker) waker->methods->drop(waker);
}

static hand_nap_state *hand_nap_new(void) {
  hand_nap_state *made = HAND_ALLOCATE(sizeof *made);
  if (!made) return NULL;
  pthread_mutex_init(&made->lock, NULL);
  made->references = 2;
  return made;
}

/* kit.nap(): PENDING until the thread has ended it; return none */
HAND_LOCAL int32_t hand_nap(hand *self, baton_context *cx, uint32_t op,
                            baton_value *in, baton_value *out) {
  int begins = !self->nap;
  if (op == BATON_OP_THROW) return hand_raise_in(in, out);
  if (begins) self->nap = hand_nap_new();
  if (!self->nap) return hand_raise_kind(BATON_ERROR_NO_MEMORY, out);
  if (!begins && hand_nap_is_over(self->nap)) return BATON_RETURN;
  int32_t status = HAND_KEEP_WAKER(self->nap, cx);
  if (begins) hand_nap_start(self->nap);
  if (status != BATON_OK) return hand_raise_kind(BATON_ERROR_NO_MEMORY, out);
  /* It may have ended before the new waker was there. */
  if (!begins && hand_nap_is_over(self->nap)) return BATON_RETURN;
  return BATON_PENDING;
}
