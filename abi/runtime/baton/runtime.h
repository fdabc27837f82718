/* SPDX-License-Identifier: MIT */
#ifndef BATON_RUNTIME_H
#define BATON_RUNTIME_H

#include <baton/baton.h>
#include <baton/inline.h>

/** @file
 * libbaton: the reference implementation of the contract.
 *
 * Unless a comment says otherwise: functions may be called from any thread;
 * pointers are not null (one that is gives INVALID_ARGUMENT where there is a
 * status); a value passed by `const baton_value *` is borrowed;
 * one passed by `baton_value *` may be taken, leaving none; results are the
 * caller's; a refusal changes nothing.
 */

/** Version of the library; never compared with the contract's. */
#define BATON_LIB_VERSION_MAJOR 0
#define BATON_LIB_VERSION_MINOR 1
#define BATON_LIB_VERSION_PATCH 0

#ifndef BATON_API
#if defined(_WIN32) && defined(BATON_SHARED)
#define BATON_API __declspec(dllimport)
#elif defined(__GNUC__) && !defined(BATON_BUNDLE)
#define BATON_API __attribute__((visibility("default")))
#else
#define BATON_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Coroutines ------------------------------------------------------- */

/** Driven from several threads: compare-and-swap guard. */
#define BATON_BODY_SHARED 0x0001u
/** Belongs to the thread that makes it; others may only release. */
#define BATON_BODY_AFFINE 0x0002u
/** Has `baton_coro_handling`. */
#define BATON_BODY_HANDLING 0x0004u
/** The frame starts with a `baton_place` (baton/author.h). */
#define BATON_BODY_PLACE 0x0008u

/**
 * What the author writes once per function: static, outlives its coroutines.
 *
 * The frame is zeroed memory of `frame_size` bytes, aligned to 16, that lives
 * as long as the object. `value_count` values at `value_offset` in it are
 * dropped when the body ends, and traversed; for anything else there are
 * `drop` and `traverse`, which may be null.
 */
typedef struct baton_body {
  uint32_t struct_size; /**< sizeof(baton_body) */
  uint8_t kind;         /**< BATON_KIND_COROUTINE, _GENERATOR, _ASYNC_... */
  uint8_t reserved0;
  uint16_t flags; /**< BATON_BODY_* */
  uint32_t frame_size;
  uint32_t value_offset;
  uint32_t value_count;
  uint32_t line; /**< first line of the function; 0 if unknown */
  const char *name;
  const char *qualified_name; /**< null: the same as `name` */
  const char *file;           /**< null: unknown */
  const char *language;       /**< null: "c" */

  /** One step, as `as_link->resume`. */
  int32_t(BATON_CALL *resume)(const baton_value *self, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out);

  /** Frees what the frame holds beyond its values. Called once, when the body
   * has ended or will never run. */
  void(BATON_CALL *drop)(void *frame);

  /** Visits what the frame holds beyond its values. */
  int32_t(BATON_CALL *traverse)(void *frame, baton_visit visit, void *arg);

  /** Gives the line where the frame is suspended; null: `line` is told. */
  uint32_t(BATON_CALL *line_of)(const void *frame);
} baton_body;

/** Makes a coroutine, generator or async generator in state CREATED. To give
 * it up, close it: the release of a coroutine that was never awaited is
 * reported. @return
 * BATON_OK, NO_MEMORY, INVALID_ARGUMENT for a body with a kind, flag, name or
 * resume that cannot be. */
BATON_API int32_t baton_coro_new(const baton_body *body, baton_value *out);

/** From an object that this library made to its frame, bytes. */
#define BATON_CORO_FRAME_OFFSET 64

/** The frame of a coroutine that this library made. */
static inline void *baton_coro_frame(const baton_value *self) {
  return (char *)self->payload.object + BATON_CORO_FRAME_OFFSET;
}

/** The body of a coroutine that this library made; null for other values. */
BATON_API const baton_body *baton_coro_body(const baton_value *self);

/** Where a body flagged HANDLING tells what it handles while it awaits. */
BATON_API baton_value *baton_coro_handling(const baton_value *self);

/* ---- Driving ---------------------------------------------------------- */

/**
 * Checks a descriptor as the contract asks before its first use, without
 * calling it. @param why receives a static sentence naming the rule, or null;
 * may be null. @return BATON_OK; INVALID_ARGUMENT for no descriptor at all;
 * VERSION_MISMATCH for a wrong major or an unknown critical flag.
 */
BATON_API int32_t baton_type_check(const baton_type *type, const char **why);

/** The chain-level suite for an author's own link types. */
BATON_API int32_t baton_link_send(const baton_value *self, baton_context *cx,
                                  baton_value *in, baton_value *out);
BATON_API int32_t baton_link_throw(const baton_value *self, baton_context *cx,
                                   baton_value *error, baton_value *out);
BATON_API int32_t baton_link_close(const baton_value *self, baton_context *cx,
                                   baton_value *out);

/** Applies am_await: `*out` is an owned handle to drive. @return BATON_OK,
 * BATON_ERROR, a refusal. */
BATON_API int32_t baton_await_handle(const baton_value *awaitable,
                                     baton_context *cx, baton_value *out);

/** Closes without waiting: a cleanup that suspends is an error, as in
 * CPython. @return RETURN, ERROR, a refusal. */
BATON_API int32_t baton_close(const baton_value *self, baton_value *out);

/**
 * Drives an awaitable to its end on this thread, sleeping while it is
 * PENDING. Yielded tokens that have wait/1 are waited for, and after none it is
 * run again; any other is thrown back as runtime-error "bad yield: <type>".
 * @return RETURN, ERROR, a refusal.
 */
BATON_API int32_t baton_block_on(const baton_value *awaitable,
                                 baton_value *out);

/** A piece of work, in memory of whoever posts it. */
typedef struct baton_work baton_work;
struct baton_work {
  baton_work *next; /**< the executor's, from `post` until it calls `run` */
  void(BATON_CALL *run)(baton_work *self);
};

/** Where a loop takes work. */
typedef struct baton_executor baton_executor;
struct baton_executor {
  uint32_t struct_size; /**< sizeof(baton_executor) */
  uint32_t reserved0;
  /** Has `work->run(work)` called once, later, on the loop's thread. May be
   * called from any thread; never blocks, never fails, never runs it before it
   * returns. */
  void(BATON_CALL *post)(baton_executor *self, baton_work *work);
};

typedef struct baton_task baton_task;

/** Called once, on the loop, with RETURN or ERROR; may take `*result`. */
typedef void(BATON_CALL *baton_done)(void *arg, int32_t status,
                                     baton_value *result);

/**
 * Drives an awaitable on a loop and reports its end.
 *
 * The first step is posted, not run. @param awaitable taken on success.
 * @param task receives a reference for baton_task_cancel, the caller's to
 * release; may be null. @return BATON_OK, NO_MEMORY, INVALID_ARGUMENT.
 */
BATON_API int32_t baton_start(baton_value *awaitable, baton_executor *executor,
                              baton_done on_done, void *arg, baton_task **task);

/** Asks for `*error` (taken; none: cancelled) to be thrown at the next step.
 * @return BATON_OK, or INVALID_STATE if it has ended. */
BATON_API int32_t baton_task_cancel(baton_task *task, baton_value *error);

BATON_API void baton_task_release(baton_task *task);

/* ---- Groups ----------------------------------------------------------- */

/** All run to their end; errors are results like others. */
#define BATON_GROUP_JOIN 0u
/** The first error cancels the others, which are driven to their end; then
 * it is the group's. */
#define BATON_GROUP_FIRST_ERROR 1u
/** The first to end ends the group, with its outcome; the others are closed. */
#define BATON_GROUP_RACE 2u

/**
 * Makes an awaitable that drives several at once, each with a waker of its
 * own. JOIN and FIRST_ERROR return none; read the outcomes with
 * baton_group_result.
 *
 * Groups in groups are driven and released one inside the other, on the stack.
 *
 * A child's yielded token is waited for if it has wait/1. Otherwise it is
 * passed up if one child is left. If more are, a child that yields none is run
 * again, and any other token is thrown back as "bad yield".
 *
 * @param children `count` awaitables, taken on success. @return BATON_OK,
 * NO_MEMORY, INVALID_ARGUMENT; RACE needs one child at least.
 */
BATON_API int32_t baton_group_new(uint32_t mode, baton_value *children,
                                  uint64_t count, baton_value *out);

/** Gives the handle of a child that has begun and not ended, to look at.
 * Driver thread only. @return BATON_OK, INVALID_STATE, INVALID_ARGUMENT,
 * WRONG_THREAD. */
BATON_API int32_t baton_group_child(const baton_value *group, uint64_t index,
                                    baton_value *out);

/** Takes the outcome of child `index`: its status, RETURN or ERROR, with the
 * value or error in `*out`, once. @return also INVALID_STATE if it has not
 * ended or was taken, INVALID_ARGUMENT for no such group or child. */
BATON_API int32_t baton_group_result(const baton_value *group, uint64_t index,
                                     baton_value *out);

/** The child that ended the group, or UINT64_MAX. */
BATON_API uint64_t baton_group_winner(const baton_value *group);

/* ---- Values and errors ------------------------------------------------ */

/** A text value with a copy of `size` bytes of UTF-8. @return BATON_OK,
 * NO_MEMORY, INVALID_ARGUMENT if it is not UTF-8. */
BATON_API int32_t baton_text_new(const char *data, uint64_t size,
                                 baton_value *out);

/** A bytes value with a copy of `size` bytes; `data` null: zeroes. */
BATON_API int32_t baton_bytes_new(const void *data, uint64_t size,
                                  baton_value *out);

/** Lends the text of any value with text/1. @return BATON_OK, UNSUPPORTED. */
BATON_API int32_t baton_text_of(const baton_value *value, baton_text_view *out);

/** Lends the bytes of any value with bytes/1. @return BATON_OK, UNSUPPORTED. */
BATON_API int32_t baton_bytes_of(const baton_value *value,
                                 baton_bytes_view *out);

/** The bytes of a value that baton_bytes_new made, to be filled while nobody
 * else has it; null for other values. */
BATON_API uint8_t *baton_bytes_data(const baton_value *value);

/**
 * Makes an error. Where memory is short the result is a bare kind:
 * NO_MEMORY's. So it is always an error, and needs no check.
 *
 * @param format as printf's, or null for no message.
 */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
BATON_API baton_value
baton_error_new(uint32_t kind, const char *format, ...);

/** The error that a refusal by `culprit` becomes for whoever awaits it. */
BATON_API baton_value baton_error_from_refusal(int32_t status,
                                               const baton_value *culprit);

/** Sets a part of an error that this library made and nobody else has seen;
 * the value is taken, or dropped if the error is not such a one. */
BATON_API void baton_error_set_payload(const baton_value *error,
                                       baton_value *payload);
BATON_API void baton_error_set_cause(const baton_value *error,
                                     baton_value *cause);
BATON_API void baton_error_set_context(const baton_value *error,
                                       baton_value *context);

/** "generator-exit" for BATON_ERROR_GENERATOR_EXIT, ...; for unknown kinds
 * "error" or "base error". Static. */
BATON_API const char *baton_kind_name(uint32_t kind);

/** Writes "kind: message", its frames and its causes, each with its own, as
 * text into `buffer`, terminated and cut at `size`. @return the bytes that the
 * whole needs, without the terminator. */
BATON_API uint64_t baton_error_print(const baton_value *error, char *buffer,
                                     uint64_t size);

/* ---- Introspection ---------------------------------------------------- */

/** Called for each member of a chain, the outermost first. `state` and `kind`
 * are UINT32_MAX, and `name` the type's, where the member does not tell. */
typedef void(BATON_CALL *baton_chain_visitor)(void *arg,
                                              const baton_value *member,
                                              baton_text_view name,
                                              uint32_t state, uint32_t kind,
                                              const baton_frame *location);

/** Visits what `handle` awaits, and what that awaits, ... Driver thread only.
 * @return BATON_OK, or the refusal that ended the walk. */
BATON_API int32_t baton_await_chain(const baton_value *handle,
                                    baton_chain_visitor visit, void *arg);

/* ---- Debugging -------------------------------------------------------- */

/** Called with a sentence that names type, slot, rule and its id. */
typedef void(BATON_CALL *baton_violation)(void *arg, const char *sentence);

/**
 * Wraps a handle in a proxy that checks both sides of every call: states,
 * statuses, ownership, threads, use after release; it gives each call a
 * context at another address, with the same waker.
 *
 * @param handle taken on success. @param report called at each violation;
 * null: print and abort. @return BATON_OK, NO_MEMORY, INVALID_ARGUMENT.
 */
BATON_API int32_t baton_debug_wrap(baton_value *handle, baton_violation report,
                                   void *arg, baton_value *out);

/* ---- The process ------------------------------------------------------ */

/** Called with an error that cannot be raised, and where it arose; both
 * borrowed. `where` may be none. */
typedef void(BATON_CALL *baton_unraisable)(void *arg, const baton_value *error,
                                           const baton_value *where);

/** Called when a coroutine is released that was never awaited. */
typedef void(BATON_CALL *baton_unawaited)(void *arg, const baton_value *self);

/** Set a hook; null: the default, which prints to standard error. Set them
 * while no other thread uses the library. */
BATON_API void baton_set_unraisable_hook(baton_unraisable hook, void *arg);
BATON_API void baton_set_unawaited_hook(baton_unawaited hook, void *arg);

/** Where memory comes from. Both are called from any thread; blocks are
 * aligned to 16. */
typedef struct baton_allocator {
  void *(BATON_CALL *allocate)(void *arg, size_t size);
  void(BATON_CALL *release)(void *arg, void *block, size_t size);
  void *arg;
} baton_allocator;

/** Replaces the allocator; null: malloc. @return BATON_OK, or INVALID_STATE
 * if blocks of the old one are in use (freelists of this thread are returned
 * first). */
BATON_API int32_t baton_set_allocator(const baton_allocator *allocator);

/** Returns this thread's freelists to the allocator, finishes releases that
 * other threads left for it, and forgets released proxies. A thread's exit
 * does the first two by itself. */
BATON_API void baton_thread_flush(void);

typedef struct baton_counters {
  uint64_t blocks; /**< blocks that the allocator has given and not got back,
                        those in this thread's freelists excluded */
  uint64_t leaked; /**< affine objects whose thread was gone */
} baton_counters;

BATON_API void baton_read_counters(baton_counters *out);

/** The library's version as text: "0.1.0". */
BATON_API const char *baton_lib_version(void);

#ifdef __cplusplus
}
#endif

#endif
