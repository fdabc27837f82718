/* SPDX-License-Identifier: MIT */
/* Prints the library's version, and fails if the header's is another. */
#include <baton/author.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  char version[32];
  snprintf(version, sizeof version, "%d.%d.%d", BATON_LIB_VERSION_MAJOR,
           BATON_LIB_VERSION_MINOR, BATON_LIB_VERSION_PATCH);
  puts(baton_lib_version());
  return strcmp(version, baton_lib_version()) != 0;
}
