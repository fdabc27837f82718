/* SPDX-License-Identifier: MIT */
/* A query of a type finds a table for every id. */
#define HAND_QUERY bad_query
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_query(const baton_value *self, const char *id,
                                    const void **out) {
  return hand_query(self, BATON_EXT_INTROSPECT, out);
}
