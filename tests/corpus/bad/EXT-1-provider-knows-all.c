/* SPDX-License-Identifier: MIT */
/* A query of the provider says OK to every id. */
#define HAND_PROVIDER_QUERY bad_provider_query
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_provider_query(const baton_provider *self,
                                             const char *id, const void **out) {
  *out = NULL;
  return BATON_OK;
}
