/* SPDX-License-Identifier: MIT */
/* A query for an unknown id is refused, with a table in `out`. */
#define HAND_QUERY bad_query
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_query(const baton_value *self, const char *id,
                                    const void **out) {
  int32_t status = hand_query(self, id, out);
  if (status != BATON_OK) *out = &hand_introspect;
  return status;
}
