/* SPDX-License-Identifier: MIT */
#ifndef GOOD_BODIES_H
#define GOOD_BODIES_H

#include <baton/author.h>

/** @file
 * The bodies, and what their exports are made of.
 */

/** The frame of most bodies. Its first values are the arguments. */
typedef struct body_frame {
  baton_place at;
  baton_value a, b, c;
  int64_t i, count;
} body_frame;

#define BODY_VALUES 3

/** The frame of kit.items, which takes any number of arguments up to this. */
#define ITEMS_MOST 64

typedef struct items_frame {
  baton_place at;
  baton_value items[ITEMS_MOST];
  uint64_t next, count;
} items_frame;

/** An export that makes a coroutine. Its arguments go to adjacent values of
 * the frame. */
typedef struct body_export {
  baton_export base;
  const baton_body *body;
  uint64_t count;
} body_export;

extern const body_export give_export, echo_export, fail_export, raise_export,
    nil_export, true_export, one_export, relay_export, pair_export,
    rescue_export, guard_export, both_export, alike_export, last_export,
    count_export, delegate_export, mirror_export, tidy_export, stubborn_export;
extern const baton_export items_export;

int32_t BATON_CALL body_create(const baton_export *self, baton_context *cx,
                               baton_value *arguments, uint64_t count,
                               baton_value *out);

/** Defines the export kit.NAME of the body kit_NAME. */
#define BODY_EXPORT(name, arguments, summary)                        \
  const body_export name##_export = {                                \
      {sizeof(baton_export), 0, "kit." #name, summary, body_create}, \
      &kit_##name,                                                   \
      arguments}

/** Whether two values are the same object, or the same scalar. */
int value_is_same(const baton_value *a, const baton_value *b);

/** Reads an i64, or an object that stands for one. @return whether it is. */
int value_number(const baton_value *value, int64_t *out);

#endif
