/* SPDX-License-Identifier: MIT */
/* The message of an error is told to the thread that loaded the library. */
#define HAND_ERROR_MESSAGE bad_error_message
#include "../good/hand/hand.c"

static pthread_t bad_first;

__attribute__((constructor)) static void bad_load(void) {
  bad_first = pthread_self();
}

static int32_t BATON_CALL bad_error_message(const baton_value *self,
                                            baton_text_view *out) {
  if (!pthread_equal(bad_first, pthread_self())) return BATON_WRONG_THREAD;
  return hand_error_message(self, out);
}
