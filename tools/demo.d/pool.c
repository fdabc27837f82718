/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct pool {
  pthread_mutex_t lock; /* around all below and the shared part of sources */
  pthread_cond_t changed;
  source *first, *last; /* to be read */
  int stopping;
  int idle;
  int stop_pipe[2]; /* readable once the pool stops */
  int reader_count;
  pthread_t readers[POOL_READERS_MOST];
};

struct source {
  pool *readers;
  const char *name;

  /* Shared: under the lock. */
  source *next;
  int held; /* by its coroutine */
  int busy; /* queued, or in the hands of a reader */
  int ready;
  int ended;
  int error;
  baton_value chunk;
  const baton_waker *waker;

  /* The reader's, while busy. */
  int descriptor;
  int regular;
};

/* ---- Reading, on a reader thread ---------------------------------------- */

static int open_source(source *self) {
  struct stat status;
  self->descriptor = STDIN_FILENO;
  if (strcmp(self->name, "-") != 0)
    self->descriptor =
        open(self->name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (self->descriptor < 0 || fstat(self->descriptor, &status) != 0)
    return errno;
  self->regular = S_ISREG(status.st_mode);
  return S_ISDIR(status.st_mode) ? EISDIR : 0;
}

static void close_source(source *self) {
  if (self->descriptor > STDIN_FILENO) close(self->descriptor);
  self->descriptor = -1;
}

static void *reader_main(void *arg);

static int add_reader(pool *self) {
  pthread_t *slot = &self->readers[self->reader_count];
  if (self->reader_count == POOL_READERS_MOST) return 0;
  if (pthread_create(slot, NULL, reader_main, self) != 0) return 0;
  self->reader_count++;
  return 1;
}

/* A reader that waits for a pipe leaves another one for the other files. */
static int wait_readable(source *self) {
  pool *readers = self->readers;
  struct pollfd watched[2] = {{self->descriptor, POLLIN, 0},
                              {readers->stop_pipe[0], POLLIN, 0}};
  int found = poll(watched, 2, 0);
  if (found == 0) {
    pthread_mutex_lock(&readers->lock);
    if (readers->idle == 0 && !readers->stopping) add_reader(readers);
    pthread_mutex_unlock(&readers->lock);
  }
  while (found == 0 || (found < 0 && errno == EINTR))
    found = poll(watched, 2, -1);
  if (found < 0) return errno;
  return watched[1].revents ? ECANCELED : 0;
}

/* Fills the buffer from a regular file; takes what comes from a pipe. */
static int fill(source *self, uint8_t *buffer, size_t *size, int *ended) {
  int error = 0;
  do {
    if (!self->regular && (error = wait_readable(self)) != 0) return error;
    ssize_t got =
        read(self->descriptor, buffer + *size, POOL_CHUNK_SIZE - *size);
    if (got > 0)
      *size += (size_t)got;
    else if (got == 0)
      *ended = 1;
    else if (errno != EINTR && errno != EAGAIN)
      return errno;
  } while (!*ended &&
           (*size == 0 || (self->regular && *size < POOL_CHUNK_SIZE)));
  return 0;
}

static void deliver(source *self, int error, int ended, baton_value chunk) {
  pool *readers = self->readers;
  pthread_mutex_lock(&readers->lock);
  const baton_waker *waker = self->waker;
  int held = self->held;
  self->waker = NULL;
  self->busy = 0;
  self->ready = 1;
  self->error = error;
  self->ended = ended;
  self->chunk = chunk;
  pthread_mutex_unlock(&readers->lock);
  if (!held) source_drop(self);
  if (waker) waker->methods->wake(waker);
}

static void read_source(source *self, uint8_t *buffer) {
  baton_value chunk = baton_none();
  size_t size = 0;
  int ended = 0, error = 0;
  if (self->descriptor < 0) error = open_source(self);
  if (!error) error = fill(self, buffer, &size, &ended);
  if (!error && size > 0 && baton_bytes_new(buffer, size, &chunk) != BATON_OK)
    error = ENOMEM;
  if (error || ended) close_source(self);
  deliver(self, error, error || ended, chunk);
}

static source *next_source(pool *self) {
  pthread_mutex_lock(&self->lock);
  self->idle++;
  while (!self->first && !self->stopping)
    pthread_cond_wait(&self->changed, &self->lock);
  self->idle--;
  source *next = self->stopping ? NULL : self->first;
  if (next) self->first = next->next;
  pthread_mutex_unlock(&self->lock);
  return next;
}

static void *reader_main(void *arg) {
  uint8_t buffer[POOL_CHUNK_SIZE];
  source *next;
  while ((next = next_source(arg))) read_source(next, buffer);
  return NULL;
}

/* ---- Sources, on the loop's thread -------------------------------------- */

source *source_new(pool *readers, const char *name) {
  source *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->readers = readers;
  self->name = name;
  self->held = 1;
  self->descriptor = -1;
  return self;
}

/* With the lock held. */
static void enqueue(source *self) {
  pool *readers = self->readers;
  self->busy = 1;
  self->next = NULL;
  if (readers->first)
    readers->last->next = self;
  else
    readers->first = self;
  readers->last = self;
  pthread_cond_signal(&readers->changed);
}

int32_t source_wait(source *self, const baton_waker *waker) {
  const baton_waker *clone = NULL;
  int32_t status = waker->methods->clone(waker, &clone);
  if (status != BATON_OK) return status;
  pthread_mutex_lock(&self->readers->lock);
  const baton_waker *old = self->waker;
  int ready = self->ready;
  self->waker = ready ? NULL : clone;
  if (!ready && !self->busy) enqueue(self);
  pthread_mutex_unlock(&self->readers->lock);
  if (old) old->methods->drop(old);
  if (ready) clone->methods->wake(clone);
  return BATON_OK;
}

int source_is_ready(source *self) {
  pthread_mutex_lock(&self->readers->lock);
  int ready = self->ready;
  pthread_mutex_unlock(&self->readers->lock);
  return ready;
}

int source_take(source *self, baton_value *out) {
  pthread_mutex_lock(&self->readers->lock);
  int error = self->error;
  *out = baton_take(&self->chunk);
  if (!self->ended) {
    self->ready = 0;
    enqueue(self);
  }
  pthread_mutex_unlock(&self->readers->lock);
  return error;
}

void source_drop(source *self) {
  if (!self) return;
  pthread_mutex_lock(&self->readers->lock);
  const baton_waker *waker = self->waker;
  int busy = self->busy;
  self->waker = NULL;
  self->held = 0; /* whoever finds it neither held nor busy frees it */
  pthread_mutex_unlock(&self->readers->lock);
  if (waker) waker->methods->drop(waker);
  if (busy) return;
  close_source(self);
  baton_drop(&self->chunk);
  free(self);
}

/* ---- The pool ----------------------------------------------------------- */

pool *pool_start(void) {
  pool *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  if (pipe(self->stop_pipe) != 0) {
    free(self);
    return NULL;
  }
  pthread_mutex_init(&self->lock, NULL);
  pthread_cond_init(&self->changed, NULL);
  pthread_mutex_lock(&self->lock);
  for (int i = 0; i < POOL_READERS; i++) add_reader(self);
  int started = self->reader_count;
  pthread_mutex_unlock(&self->lock);
  if (started > 0) return self;
  pool_stop(self);
  return NULL;
}

static void drop_queue(pool *self) {
  while (self->first) {
    source *next = self->first;
    self->first = next->next;
    next->busy = 0;
    if (!next->held) source_drop(next);
  }
}

void pool_stop(pool *self) {
  pthread_mutex_lock(&self->lock);
  self->stopping = 1; /* so no reader is added from here on */
  pthread_cond_broadcast(&self->changed);
  pthread_mutex_unlock(&self->lock);
  close(self->stop_pipe[1]);
  for (int i = 0; i < self->reader_count; i++)
    pthread_join(self->readers[i], NULL);
  drop_queue(self);
  close(self->stop_pipe[0]);
  pthread_cond_destroy(&self->changed);
  pthread_mutex_destroy(&self->lock);
  free(self);
}
