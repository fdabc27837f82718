/* SPDX-License-Identifier: MIT */
/* Jumps out of a slot, into a frame that has gone. */
#include <setjmp.h>
#include <stdlib.h>
static jmp_buf gone;
__attribute__((noinline)) static void mark(void) {
  if (setjmp(gone) != 0) abort();
}
#define ON_CREATE mark()
#define ON_SEND longjmp(gone, 1)
#include "hostile.h"
