/* SPDX-License-Identifier: MIT */
#ifndef DEMO_RELAY_COUNT_H
#define DEMO_RELAY_COUNT_H

#include <baton/python.h>

/** @file
 * The stage in C: counts.
 */

/** Makes an async generator. Of `pieces`, an async iterator, come
 *
 *     (file, piece)   for which it gives (file, lines, words, bytes)
 *     (file, errno)   the file's end, which it hands on
 *
 * with `file` below `files`. In its cleanup it calls left("c", "count").
 * @return null with an exception. */
PyObject *count_new(const baton_python *py, PyObject *pieces, Py_ssize_t files,
                    PyObject *left);

#endif
