/* SPDX-License-Identifier: MIT */
/* A query of a type does not look at the revision. */
#define HAND_QUERY bad_query
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_query(const baton_value *self, const char *id,
                                    const void **out) {
  int same =
      strncmp(id, BATON_EXT_INTROSPECT, strlen(BATON_EXT_INTROSPECT) - 1) == 0;
  return hand_query(self, same ? BATON_EXT_INTROSPECT : id, out);
}
