/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <baton/runtime.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: baton-demo [--json] [--progress] [--] [FILE...]\n"
    "\n"
    "Counts the lines, words and bytes of files, as wc does, with a pipeline\n"
    "of C coroutines for each of up to 64 files at a time: one thread drives\n"
    "them all, and reader threads wake it. Without a FILE, or for -, standard\n"
    "input is read.\n"
    "\n"
    "  --json      print one JSON object\n"
    "  --progress  show progress even if standard error is no terminal\n"
    "  --help      print this help\n"
    "  --version   print the versions of the library and of the ABI\n"
    "\n"
    "The exit status is 0; 1 if a file could not be read, and the others were\n"
    "counted; 2 for a wrong command line; 128 + N after signal N.\n";

static int wrong(const char *why, const char *argument) {
  fprintf(stderr, "baton-demo: %s%s\nTry 'baton-demo --help'.\n", why,
          argument);
  return 2;
}

static int print_version(void) {
  printf("baton-demo (lib = %s, abi = %d.%d)\n", baton_lib_version(),
         BATON_ABI_MAJOR, BATON_ABI_MINOR);
  return 0;
}

/* Standard input has one end only, so it cannot be two files at a time. */
static int check_names(const options *self) {
  int inputs = 0;
  for (int i = 0; i < self->name_count; i++) {
    if (self->names[i][0] == '\0') return wrong("a file name is empty", "");
    inputs += strcmp(self->names[i], "-") == 0;
  }
  return inputs > 1 ? wrong("- is given more than once", "") : -1;
}

int options_read(options *self, int argc, char **argv) {
  static char input[] = "-";
  static char *inputs[] = {input};
  int kept = 0, literal = 0;
  memset(self, 0, sizeof *self);
  for (int i = 1; i < argc; i++) {
    char *argument = argv[i];
    if (literal || argument[0] != '-' || argument[1] == '\0')
      argv[kept++] = argument;
    else if (strcmp(argument, "--") == 0)
      literal = 1;
    else if (strcmp(argument, "--json") == 0)
      self->json = 1;
    else if (strcmp(argument, "--progress") == 0)
      self->progress = 1;
    else if (strcmp(argument, "--help") == 0)
      return fputs(help, stdout) < 0;
    else if (strcmp(argument, "--version") == 0)
      return print_version();
    else
      return wrong("no such option: ", argument);
  }
  self->names = kept > 0 ? argv : inputs;
  self->name_count = kept > 0 ? kept : 1;
  return check_names(self);
}
