/* SPDX-License-Identifier: MIT */
#ifndef DEMO_MOMENT_H
#define DEMO_MOMENT_H

#include "board.h"

/** @file
 * One suspended moment: the chain of awaits from the root down to where the
 * first lane's file waits for a reader.
 */

#define MOMENT_MEMBERS_MOST 32

typedef struct moment_member {
  char name[64];
  const char *kind;
  const char *state;
  char file[64]; /**< the last part of its path; empty if unknown */
  uint32_t line;
} moment_member;

typedef struct moment {
  size_t count;     /**< members; 0 while no moment was recorded */
  size_t of_root;   /**< how many of them the root's own chain has */
  size_t in_flight; /**< files */
  moment_member members[MOMENT_MEMBERS_MOST];
} moment;

/** Records what `root` awaits; a group's chain goes on with the first lane's.
 * Between two steps of the loop only. */
void moment_record(moment *self, const baton_value *root, const board *seen);

#endif
