/* SPDX-License-Identifier: MIT */
#include "object.h"

#include <string.h>

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)
#define LIB_VERSION             \
  TEXT(BATON_LIB_VERSION_MAJOR) \
  "." TEXT(BATON_LIB_VERSION_MINOR) "." TEXT(BATON_LIB_VERSION_PATCH)

const baton_provider baton_library = {
    .struct_size = sizeof(baton_provider),
    .abi_major = BATON_ABI_MAJOR,
    .abi_minor = BATON_ABI_MINOR,
    .magic = BATON_PROVIDER_MAGIC,
    .name = "libbaton",
    .version = LIB_VERSION,
    .language = "c",
};

const char *baton_lib_version(void) { return LIB_VERSION; }

int32_t baton_answer(const baton_extension *extensions, const char *id,
                     const void **out) {
  *out = NULL;
  for (; extensions->id; extensions++) {
    if (strcmp(extensions->id, id) == 0) {
      *out = extensions->table;
      return BATON_OK;
    }
  }
  return BATON_UNSUPPORTED;
}

baton_context baton_detached_context(void) {
  baton_context cx;
  memset(&cx, 0, sizeof cx);
  cx.struct_size = sizeof cx;
  cx.abi_major = BATON_ABI_MAJOR;
  cx.abi_minor = BATON_ABI_MINOR;
  return cx;
}

baton_text_view baton_view(const char *text) {
  baton_text_view view = {text, strlen(text)};
  return view;
}
