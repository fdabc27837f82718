/* SPDX-License-Identifier: MIT */
/* The table of an extension is another one at every second call. */
#define HAND_QUERY bad_query
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_query(const baton_value *self, const char *id,
                                    const void **out) {
  static baton_introspect copy;
  static atomic_int calls;
  int32_t status = hand_query(self, id, out);
  copy = hand_introspect;
  if (status == BATON_OK && atomic_fetch_add(&calls, 1) % 2) *out = &copy;
  return status;
}
