/* SPDX-License-Identifier: MIT */
/* The manifest that the library gives is no manifest. */
#define HAND_PROVIDER_QUERY bad_provider_query
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_provider_query(const baton_provider *self,
                                             const char *id, const void **out) {
  static const uint64_t bytes[] = {0x4242424242424242u, 1, 2, 3};
  static const baton_manifest manifest = {sizeof manifest, 0,
                                          (const uint8_t *)bytes, sizeof bytes};
  *out = strcmp(id, BATON_EXT_MANIFEST) == 0 ? &manifest : NULL;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}
