/* SPDX-License-Identifier: MIT */
#include "walker.h"

/* The program baton-walk: walks on libbaton alone. */

int main(void) {
  walker_run(NULL);
  return 0;
}
