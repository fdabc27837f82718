/* SPDX-License-Identifier: MIT */
#ifndef HAND_MEMBERS_H
#define HAND_MEMBERS_H

/** @file
 * Members of descriptors and of the provider that can be replaced, as the
 * functions of names.h can.
 */

/* Of the descriptor of coroutines and generators. */
#ifndef HAND_TYPE_SIZE
#define HAND_TYPE_SIZE sizeof(baton_type)
#endif
#ifndef HAND_TYPE_MAJOR
#define HAND_TYPE_MAJOR BATON_ABI_MAJOR
#endif
#ifndef HAND_TYPE_MINOR
#define HAND_TYPE_MINOR BATON_ABI_MINOR
#endif
#ifndef HAND_TYPE_MAGIC
#define HAND_TYPE_MAGIC BATON_TYPE_MAGIC
#endif
#ifndef HAND_TYPE_RESERVED
#define HAND_TYPE_RESERVED 0
#endif
#ifndef HAND_TYPE_FLAGS
#define HAND_TYPE_FLAGS 0
#endif
#ifndef HAND_TYPE_NAME
#define HAND_TYPE_NAME "hand.coroutine"
#endif
#ifndef HAND_AS_ASYNC
#define HAND_AS_ASYNC &hand_as_async
#endif
#ifndef HAND_AS_ASYNC_SIZE
#define HAND_AS_ASYNC_SIZE sizeof(baton_async_methods)
#endif
#ifndef HAND_AS_COROUTINE
#define HAND_AS_COROUTINE &hand_as_coroutine
#endif
#ifndef HAND_AS_COROUTINE_SIZE
#define HAND_AS_COROUTINE_SIZE sizeof(baton_coroutine_methods)
#endif

/* Of the descriptor of errors. */
#ifndef HAND_AS_ERROR
#define HAND_AS_ERROR &hand_as_error
#endif

/* Of the provider. */
#ifndef HAND_PROVIDER
#define HAND_PROVIDER hand_provider
#endif
#ifndef HAND_PROVIDER_SIZE
#define HAND_PROVIDER_SIZE sizeof(baton_provider)
#endif
#ifndef HAND_PROVIDER_MAJOR
#define HAND_PROVIDER_MAJOR BATON_ABI_MAJOR
#endif
#ifndef HAND_PROVIDER_MINOR
#define HAND_PROVIDER_MINOR BATON_ABI_MINOR
#endif
#ifndef HAND_PROVIDER_MAGIC
#define HAND_PROVIDER_MAGIC BATON_PROVIDER_MAGIC
#endif
#ifndef HAND_PROVIDER_NAME
#define HAND_PROVIDER_NAME "hand"
#endif

#endif
