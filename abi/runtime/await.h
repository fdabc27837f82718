/* SPDX-License-Identifier: MIT */
#ifndef BATON_AWAIT_H
#define BATON_AWAIT_H

#include "baton/runtime.h"

/** @file
 * From an awaitable to the handle that is driven, with every check that a
 * value from an unknown peer needs.
 */

/** Whether name and release of a descriptor may be used, whatever else may be
 * wrong with it. */
int baton_can_release(const baton_type *type);

/** An error for a value whose descriptor is refused. Where the descriptor may
 * not even be used for a release, `*value` becomes none: it is lost. */
baton_value baton_refuse_type(baton_value *value, const char *why);

/** Applies am_await to a value whose descriptor is good. @return BATON_OWNED
 * or BATON_LENT with a handle that can be driven; BATON_ERROR with the error,
 * which a refusal has become. */
int32_t baton_apply_await(const baton_value *awaitable, baton_context *cx,
                          baton_value *out);

#endif
