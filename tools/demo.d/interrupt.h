/* SPDX-License-Identifier: MIT */
#ifndef DEMO_INTERRUPT_H
#define DEMO_INTERRUPT_H

#include "loop.h"

/** @file
 * SIGINT and SIGTERM cancel a task; a second one ends the process at once. A
 * signal that was ignored when the program started stays ignored.
 */

/** Starts to listen. Called before any other thread is started, so that all
 * of them leave the signals to the listener. @return 0 if that cannot be. */
int interrupt_start(loop *where, baton_task *task);

/** Stops listening. @return the signal that came, or 0. */
int interrupt_stop(void);

#endif
