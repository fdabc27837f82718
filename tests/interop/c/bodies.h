/* SPDX-License-Identifier: MIT */
#ifndef INTEROP_BODIES_H
#define INTEROP_BODIES_H

#include <baton/author.h>

#include "words.h"

/** @file
 * The bodies that every language has: see ../README.md.
 */

/** The frame of every body: what it was made with, and its loop. */
typedef struct body_frame {
  baton_place at;
  baton_value a, b, c;
  const interop_witness *witness;
  int64_t i, count;
} body_frame;

#define BODY_VALUES 3

typedef struct body_entry {
  const char *name;
  const baton_body *body;
} body_entry;

/** A row without a name ends each. */
extern const body_entry coroutine_bodies[];
extern const body_entry generator_bodies[];

/** Wakes what sleeps: 0 wakes, 1 opens and wakes, 2 forgets. */
void bodies_ring(int64_t what);

#endif
