/* SPDX-License-Identifier: MIT */
#ifndef BATON_ERROR_H
#define BATON_ERROR_H

#include "status.h"
#include "value.h"

/** @file
 * Errors: any value whose type has `as_error`, or a bare kind.
 *
 * A host's own exception crosses as itself (ERR-1). An error with nothing to
 * tell but its kind is the scalar {BATON_TAG_ERROR_KIND, kind}: no
 * allocation.
 */

#ifdef __cplusplus
extern "C" {
#endif

/** Set in kinds that ordinary handlers do not catch: Python's BaseException.
 * It is meaningful in unknown kinds too (ERR-2). */
#define BATON_ERROR_BASE 0x80000000u

/* Kinds. The registry with their owners is abi/registry.txt. */
#define BATON_ERROR_OTHER 0u
#define BATON_ERROR_RUNTIME 1u
#define BATON_ERROR_TYPE 2u
#define BATON_ERROR_VALUE 3u
#define BATON_ERROR_STOP_ITERATION 4u /**< payload: the value */
#define BATON_ERROR_STOP_ASYNC_ITERATION 5u
#define BATON_ERROR_TIMEOUT 6u
#define BATON_ERROR_NO_MEMORY 7u
#define BATON_ERROR_OS 8u /**< payload: the platform's number, an i64 */
#define BATON_ERROR_RECURSION 9u
#define BATON_ERROR_KEY 10u
#define BATON_ERROR_INDEX 11u
#define BATON_ERROR_ARITHMETIC 12u
#define BATON_ERROR_ASSERTION 13u
#define BATON_ERROR_ATTRIBUTE 14u
#define BATON_ERROR_NOT_IMPLEMENTED 15u
#define BATON_ERROR_END_OF_FILE 16u
#define BATON_ERROR_UNICODE 17u
#define BATON_ERROR_GROUP 18u
#define BATON_ERROR_BASE_OTHER 0x80000000u
#define BATON_ERROR_GENERATOR_EXIT 0x80000001u
#define BATON_ERROR_CANCELLED 0x80000002u
#define BATON_ERROR_INTERRUPT 0x80000003u
#define BATON_ERROR_EXIT 0x80000004u
#define BATON_ERROR_PANIC 0x80000005u
#define BATON_ERROR_BASE_GROUP 0x80000006u

/** The strings outlive every error: kept by address. Otherwise copied. */
#define BATON_FRAME_STATIC 1u

/** How many frames an error keeps at each end (ERR-3). */
#define BATON_FRAMES_KEPT 32

/** One entry of a traceback. Strings are UTF-8, terminated, never null. */
typedef struct baton_frame {
  const char *language; /**< "c", "rust", "python", ... */
  const char *function; /**< qualified name */
  const char *file;     /**< "" if unknown */
  uint32_t line;        /**< from 1; 0 if unknown */
  uint32_t flags;       /**< BATON_FRAME_* */
} baton_frame;

/**
 * What an error can tell. `kind` is mandatory; the others may be null
 * (TYP-5). All may be called while other threads call them, if each thread
 * holds a reference (ERR-4).
 */
typedef struct baton_error_methods {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Gives the kind; the same at every call. @return BATON_OK.
   * Slot: any thread; any state; re-entrant; leaf call; gives out. */
  int32_t(BATON_CALL *kind)(const baton_value *self, uint32_t *out);

  /** Lends the message, for as long as `self` is held. @return BATON_OK,
   * NO_MEMORY, WRONG_THREAD.
   * Slot: any thread; any state; re-entrant; runs code; lends out. */
  int32_t(BATON_CALL *message)(const baton_value *self, baton_text_view *out);

  /** Gives the value that the error carries, none if it has none. @return
   * BATON_OK, WRONG_THREAD.
   * Slot: any thread; any state; re-entrant; runs code; gives out. */
  int32_t(BATON_CALL *payload)(const baton_value *self, baton_value *out);

  /** Gives the error that was declared the cause, or none.
   * Slot: as payload. */
  int32_t(BATON_CALL *cause)(const baton_value *self, baton_value *out);

  /** Gives the error that was being handled when this one arose, or none.
   * Slot: as payload. */
  int32_t(BATON_CALL *context)(const baton_value *self, baton_value *out);

  /**
   * Lends the frames, where the error arose first: at least the first 32 and
   * the last 32 (ERR-3).
   *
   * @param out an array of `capacity` frames, filled from the front.
   * @param kept receives how many frames there are to read.
   * @param elided receives how many were dropped behind the 32nd.
   * @return BATON_OK, WRONG_THREAD.
   *
   * Slot: any thread; any state; re-entrant; leaf call; lends out.
   */
  int32_t(BATON_CALL *frames)(const baton_value *self, baton_frame *out,
                              uint32_t capacity, uint32_t *kept,
                              uint64_t *elided);

  /** Appends a frame. @return BATON_OK, NO_MEMORY, WRONG_THREAD; then the
   * frame is lost, nothing else.
   * Slot: any thread; any state; re-entrant; leaf call. */
  int32_t(BATON_CALL *add_frame)(const baton_value *self,
                                 const baton_frame *frame);
} baton_error_methods;

#ifdef __cplusplus
}
#endif

#endif
