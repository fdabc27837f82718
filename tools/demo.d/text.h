/* SPDX-License-Identifier: MIT */
#ifndef DEMO_TEXT_H
#define DEMO_TEXT_H

#include <stdio.h>

/** @file
 * File names on a terminal and in JSON: any bytes but NUL can be one.
 */

/** Writes a name for people: control characters, backslashes and bytes that
 * are no UTF-8 as escapes. */
void text_put_name(FILE *to, const char *name);

/** Writes `"name": "..."`. For a name that is no UTF-8 the bytes that are not
 * become U+FFFD, and `, "name_hex": "..."` follows with all of its bytes. */
void text_put_json_name(FILE *to, const char *name);

/** Writes a JSON string; bytes that are no UTF-8 become U+FFFD. */
void text_put_json(FILE *to, const char *text);

#endif
