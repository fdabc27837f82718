/* SPDX-License-Identifier: MIT */
#ifndef BAD_RETYPE_H
#define BAD_RETYPE_H

/** @file
 * A descriptor of one's own: what create gives has a copy of hand's, which
 * `spoil` may change once, before anybody sees it.
 */

#define HAND_CREATE retype_create
#include "../good/hand/hand.c"

static void spoil(baton_type *type);

static baton_type *retyped(const baton_type *type) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static baton_type types[2];
  baton_type *mine = &types[type->as_coroutine != NULL];
  pthread_mutex_lock(&lock);
  if (!mine->struct_size) {
    *mine = *type;
    spoil(mine);
  }
  pthread_mutex_unlock(&lock);
  return mine;
}

static int32_t BATON_CALL retype_create(const baton_export *self,
                                        baton_context *cx,
                                        baton_value *arguments, uint64_t count,
                                        baton_value *out) {
  int32_t status = hand_create(self, cx, arguments, count, out);
  if (status == BATON_OK) out->head.type = retyped(out->head.type);
  return status;
}

#endif
