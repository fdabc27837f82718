/* SPDX-License-Identifier: MIT */
/* Writes the command line of its process, word by word. */
#include <stdio.h>
static void show_command(void) {
  char bytes[4096];
  FILE *from = fopen("/proc/self/cmdline", "r");
  size_t size = from ? fread(bytes, 1, sizeof bytes, from) : 0;
  for (size_t at = 0; at < size; at++) putchar(bytes[at] ? bytes[at] : '\n');
  fflush(stdout);
}
#define ON_LOAD show_command()
#include "hostile.h"
