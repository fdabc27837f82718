/* SPDX-License-Identifier: MIT */
#ifndef DEMO_PROGRESS_H
#define DEMO_PROGRESS_H

#include "board.h"

/** @file
 * One live line on standard error: files done, bytes, rate.
 */

#define PROGRESS_INTERVAL 100 /**< milliseconds */

/** Shows progress from now on. */
void progress_start(void);

/** Whether it is shown. */
int progress_is_shown(void);

/** Draws the line, at most once an interval. */
void progress_draw(const board *seen);

/** Takes the line away, so that something else can be written. */
void progress_clear(void);

/** Seconds since some moment, to measure with. */
double progress_clock(void);

#endif
