/* SPDX-License-Identifier: MIT */
#ifndef INTEROP_HOST_H
#define INTEROP_HOST_H

#include <baton/author.h>
#include <baton/python.h>

/** @file
 * interop_host: the harness's own values, and how it holds those of others.
 */

/** What act and say call; replaced by `listen`. Null: nobody listens. */
extern PyObject *host_listener;

/** The number of a token, or -1. */
int64_t host_token_number(const baton_value *value);

baton_value host_witness(void);

/** A token whose references are counted until the next host_forget_tokens. */
int32_t host_new_token(baton_value *out);
void host_forget_tokens(void);
#define HOST_TOKENS 8
/** References to token `number`: 0 if there is no such token, fewer if too many
 * were released. */
int host_token_count(int number);

/** An awaitable that is PENDING until the gate is opened; it returns true.
 * `early`: it opens itself and wakes before it first returns PENDING. */
int32_t host_new_gate(int early, baton_value *out);
/** Opens the gate if `opened`, and wakes whoever waited last, on a thread of
 * its own which has ended on return. Without the GIL. */
void host_ring_gate(int opened);
/** Shuts the gate and lets go of the waker. */
void host_shut_gate(void);

/** Runs `work` on a thread of its own to its end. */
void host_elsewhere(void *(*work)(void *), void *argument);

/** The type of values as Python objects: what `load(...).make(...)` gives. */
int host_init_value(PyObject *module);
PyObject *host_wrap(baton_value *value);

/** The value behind an argument: that of a wrapper, which it loses, or of any
 * other object. */
baton_value host_take(PyObject *object);

/** The i64 or u64 that a Python integer is. @return BATON_OK, UNSUPPORTED. */
int32_t host_integer(PyObject *object, baton_value *out);

PyObject *host_load(PyObject *module, PyObject *path);

#endif
