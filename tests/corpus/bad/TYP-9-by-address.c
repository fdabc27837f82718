/* SPDX-License-Identifier: MIT */
/* A type that is called like one met before, at another address, is refused. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  static const baton_type *first;
  const char *fault = hand_check(type);
  if (fault || type->provider == &HAND_PROVIDER) return fault;
  if (!first) first = type;
  return type != first && strcmp(type->name, first->name) == 0
             ? "another type of this name is known"
             : NULL;
}
