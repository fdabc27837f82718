/* SPDX-License-Identifier: MIT */
#include "thread.h"

#include <pthread.h>

#include "atomic.h"
#include "memory.h"
#include "object.h"

struct baton_owner {
  uint32_t count;
  uint32_t gone;
  pthread_mutex_t lock; /* held for a few instructions, never while running */
  baton_link *deferred;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int key_made;
static size_t leaked;

static BATON_THREAD_LOCAL baton_owner *here;
static BATON_THREAD_LOCAL int exiting;

/* Takes what was left for this thread. Without `more`, an empty queue is shut:
 * whatever comes later is leaked, and counted. */
static baton_link *take_deferred(baton_owner *owner, int more) {
  pthread_mutex_lock(&owner->lock);
  baton_link *link = owner->deferred;
  baton_store(&owner->deferred, NULL);
  if (!link && !more) owner->gone = 1;
  pthread_mutex_unlock(&owner->lock);
  return link;
}

static void finish_all(baton_link *link) {
  while (link) link = baton_link_finish(link);
}

static void at_exit(void *arg) {
  baton_owner *owner = here;
  baton_link *link;
  (void)arg;
  if (owner) {
    while ((link = take_deferred(owner, 0)) != NULL) finish_all(link);
    here = NULL;
    baton_owner_release(owner);
  }
  exiting = 1;
  baton_memory_flush();
}

static void make_key(void) {
  key_made = pthread_key_create(&key, at_exit) == 0;
}

/* A library that is unloaded takes its code away from the threads' exits. */
__attribute__((destructor)) static void delete_key(void) {
  if (key_made) pthread_key_delete(key);
  key_made = 0;
}

int baton_thread_at_exit(void) {
  if (exiting) return 0;
  pthread_once(&once, make_key);
  return key_made && pthread_setspecific(key, &key) == 0;
}

baton_owner *baton_owner_here(void) {
  if (!here) {
    if (!baton_thread_at_exit()) return NULL;
    baton_owner *owner = baton_allocate(sizeof *owner);
    if (!owner) return NULL;
    owner->count = 1;
    owner->gone = 0;
    owner->deferred = NULL;
    pthread_mutex_init(&owner->lock, NULL);
    here = owner;
  }
  baton_add(&here->count, 1);
  return here;
}

int baton_owner_is_here(const baton_owner *owner) { return owner == here; }

void baton_owner_release(baton_owner *owner) {
  if (!baton_count_drop(&owner->count)) return;
  pthread_mutex_destroy(&owner->lock);
  baton_free(owner, sizeof *owner);
}

void baton_owner_defer(baton_owner *owner, baton_link *link,
                       baton_finish finish) {
  pthread_mutex_lock(&owner->lock);
  int gone = (int)owner->gone;
  if (!gone) {
    baton_link_wait(link, owner->deferred, finish);
    baton_store(&owner->deferred, link);
  }
  pthread_mutex_unlock(&owner->lock);
  if (gone) baton_add(&leaked, 1);
}

void baton_owner_drain(void) {
  if (here && baton_load(&here->deferred)) finish_all(take_deferred(here, 1));
}

/* Gives the owner back if nothing belongs to this thread any more. */
static void forget_owner(void) {
  baton_owner *owner = here;
  if (!owner || baton_load(&owner->count) != 1) return;
  here = NULL;
  baton_owner_release(owner);
}

size_t baton_leaked(void) { return baton_load(&leaked); }

void baton_thread_flush(void) {
  baton_owner_drain();
  forget_owner();
  baton_debug_flush();
  baton_memory_flush();
}
