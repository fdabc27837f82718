/* SPDX-License-Identifier: MIT */
/* Closes the FIFO that BATON_TEST_FIFO names, which tells a test that it is
 * loaded, and hangs. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
static void announce(void) {
  const char *fifo = getenv("BATON_TEST_FIFO");
  if (fifo) close(open(fifo, O_WRONLY));
  for (;;) pause();
}
#define ON_LOAD announce()
#include "hostile.h"
