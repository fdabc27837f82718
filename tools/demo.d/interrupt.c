/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static struct {
  sigset_t signals;
  pthread_t listener;
  loop *where;
  baton_task *task;
  baton_work cancelling;
  atomic_int received;
  atomic_int stopping;
} state;

static void BATON_CALL cancel_task(baton_work *work) {
  baton_value cancelled = baton_none();
  (void)work;
  baton_task_cancel(state.task, &cancelled);
}

static void *listen_for_signals(void *arg) {
  int received = 0;
  (void)arg;
  while (sigwait(&state.signals, &received) == 0) {
    if (atomic_load(&state.stopping)) break;
    if (atomic_exchange(&state.received, received)) _exit(128 + received);
    state.where->executor.post(&state.where->executor, &state.cancelling);
  }
  return NULL;
}

static void add_unless_ignored(int number) {
  struct sigaction action;
  if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
    sigaddset(&state.signals, number);
}

int interrupt_start(loop *where, baton_task *task) {
  state.where = where;
  state.task = task;
  state.cancelling.run = cancel_task;
  sigemptyset(&state.signals);
  sigaddset(&state.signals, SIGUSR1); /* from interrupt_stop */
  add_unless_ignored(SIGINT);
  add_unless_ignored(SIGTERM);
  if (pthread_sigmask(SIG_BLOCK, &state.signals, NULL) != 0) return 0;
  return pthread_create(&state.listener, NULL, listen_for_signals, NULL) == 0;
}

int interrupt_stop(void) {
  atomic_store(&state.stopping, 1);
  pthread_kill(state.listener, SIGUSR1);
  pthread_join(state.listener, NULL);
  return atomic_load(&state.received);
}
