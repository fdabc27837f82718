/* SPDX-License-Identifier: MIT */
#ifndef DEMO_OPTIONS_H
#define DEMO_OPTIONS_H

/** @file
 * The command line.
 */

typedef struct options {
  int json;
  int progress;
  char **names;   /**< the files */
  int name_count; /**< at least one: no file means standard input */
} options;

/** Reads the command line. @return -1 to go on, or the status to exit with,
 * after the help, the version or what was wrong is printed. */
int options_read(options *self, int argc, char **argv);

#endif
