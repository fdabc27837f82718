/* SPDX-License-Identifier: MIT */
#ifndef BATON_DRIVE_H
#define BATON_DRIVE_H

#include "atomic.h"
#include "baton/runtime.h"

/** @file
 * One drive: a call of send, throw or close on a link, from its entry until
 * it returns. spec/driver.md tells the algorithm that these files spell out:
 * drive.c runs, hang.c adds and removes children, exit.c closes.
 */

/** What a drive works on. While it lasts `root` is RUNNING. */
typedef struct baton_drive {
  const baton_value *self; /* the driven handle */
  baton_link *root;        /* its link */
  baton_link *leaf;        /* the link that is to be resumed next */
  baton_context *cx;
  baton_value *in;
  baton_value *out;
  uint8_t entered;         /* the root's state at entry; RUNNING once it ran */
  uint16_t marks;          /* the root's CLOSING and EXITING at entry */
  uint32_t accepts;        /* what the context accepted at entry */
  baton_link *fresh;       /* was hung while CREATED, and has not run yet */
  baton_link *exit_target; /* to get `exit_error` after its delegates, for a
                              throw of generator-exit; else null */
  baton_value exit_error;
} baton_drive;

/* What to do with the leaf next: an operation of resume, or one of these. */
#define BATON_STEP_CLOSE 2u        /* close the child that is no link */
#define BATON_STEP_STOP UINT32_MAX /* the drive is over */

static inline uint8_t baton_link_state(const baton_link *link) {
  return baton_load(&link->state);
}

static inline void baton_link_set(baton_link *link, uint8_t state) {
  baton_store(&link->state, state);
}

static inline unsigned baton_link_flags(const baton_link *link) {
  return baton_load_relaxed(&link->flags);
}

static inline void baton_link_mark(baton_link *link, unsigned flags) {
  baton_store_relaxed(&link->flags, (uint16_t)(baton_link_flags(link) | flags));
}

static inline void baton_link_unmark(baton_link *link, unsigned flags) {
  baton_store_relaxed(&link->flags,
                      (uint16_t)(baton_link_flags(link) & ~flags));
}

static inline const baton_link_handling *baton_handling_of(
    const baton_link *link) {
  return (const void *)((const char *)link -
                        offsetof(baton_link_handling, link));
}

/** Whether a value is driven as a link. */
static inline int baton_is_link(const baton_value *value) {
  return baton_is_object(value) && value->head.type->as_link != NULL;
}

/** The handle by which a link of the chain is known. */
static inline const baton_value *baton_drive_handle(const baton_drive *drive,
                                                    const baton_link *link) {
  return link == drive->root ? drive->self : &link->returns_to->handle;
}

/** Puts an error, moved in, into `*drive->in`, to be thrown next. */
static inline uint32_t baton_drive_throw(baton_drive *drive,
                                         baton_value error) {
  baton_drop(drive->in);
  *drive->in = error;
  return BATON_OP_THROW;
}

/** "coroutine", "generator", "async generator". */
const char *baton_link_noun(const baton_link *link);

/** The error for a status that cannot be. */
baton_value baton_error_from_status(int32_t status, const baton_value *child);

/** Closes a coroutine without a link that returned such a status. @return that
 * error. */
baton_value baton_break_off(int32_t status, const baton_value *child);

/** Puts a type error in the place of what is no error, in `*out`. */
void baton_require_error(const char *culprit, baton_value *out);

/** Whether a link, or one above it, is RUNNING; not known, so 0, of what is
 * above a SHARED one. */
int baton_chain_runs(const baton_link *link);

/** Whether this thread may drive a link: BATON_OK, or WRONG_THREAD. */
int32_t baton_link_guard(const baton_value *self);

/** A leaf with one of these flags is resumed with care. */
#define BATON_LINK_SPECIAL (BATON_LINK_AFFINE | BATON_LINK_INHERITS)

/** Goes on with a drive whose root was claimed in `state`. `leaf`, if not
 * null, was resumed and has stopped with `status`. */
int32_t baton_link_go_on(const baton_value *self, baton_context *cx,
                         baton_value *in, baton_value *out, uint8_t state,
                         baton_link *leaf, int32_t status);

/** The leaf has ended, was cut off or handed an item: what it left in
 * `*drive->out` goes to its parent, the new leaf. @return the operation. */
uint32_t baton_pop(baton_drive *drive, int32_t status);

/* ---- hang.c ---- */

/** Hangs the awaitable in `*out` under the leaf. @return the next operation
 * for the (new) leaf. */
uint32_t baton_hang(baton_drive *drive);

/** Takes a link's child off. @return what the link held of it, to be dropped;
 * the child, if it has not ended, is SUSPENDED and on its own. */
baton_value baton_unhang(baton_link *parent);

/** Makes the deepest link below `from` the leaf. @return the operation for it:
 * `op`, or what comes of a link below that runs or has ended by itself. */
uint32_t baton_descend(baton_drive *drive, baton_link *from, uint32_t op);

/** Drops the leaf's child that is no link. */
void baton_drop_foreign(baton_drive *drive);

/** As baton_pop, for a child of the leaf that is no link. */
uint32_t baton_pop_foreign(baton_drive *drive, int32_t status);

/* ---- exit.c ---- */

/** Starts to close the chain, its deepest link first: up to the root, or, if
 * there is an `exit_target`, up to that. @return the operation. */
uint32_t baton_exit_start(baton_drive *drive);

/** What the leaf, which is being closed, delegated to has ended with
 * `status`, and is off. @return the operation for the leaf. */
uint32_t baton_exit_pass(baton_drive *drive, int32_t status);

/** The chain suspended with `*status` while it is being closed. @return
 * BATON_STEP_STOP if that may be, or if the driven link refused to end
 * (`*status` is ERROR then); otherwise the operation for the link above the
 * one that refused, which was cut off. */
uint32_t baton_exit_suspended(baton_drive *drive, int32_t *status);

/** A link that got generator-exit has ended with `status`. @return how that
 * counts: ending by it is a plain end. */
int32_t baton_exit_end(const baton_link *link, int32_t status,
                       baton_value *out);

#endif
