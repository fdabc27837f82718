/* SPDX-License-Identifier: MIT */
#include "await.h"
#include "drive.h"

/* What is to be hung under a link. */
typedef struct hanging {
  baton_value owner;  /* the awaitable as given; none if `handle` is owned */
  baton_value handle; /* what is driven */
} hanging;

static void drop_child(hanging *child) {
  if (baton_is_none(&child->owner)) baton_drop(&child->handle);
  baton_drop(&child->owner);
}

/* ---- Which handle ----------------------------------------------------- */

/* A generator, and an awaitable without a frame, delegate to the value as it
 * is. @return an error, or none. */
static baton_value take_as_is(const baton_link *link, hanging *child) {
  const baton_value *given = &child->owner;
  const baton_type *type = baton_is_object(given) ? given->head.type : NULL;
  int drivable =
      type && (type->as_coroutine ||
               (type->as_link && link->kind == BATON_KIND_AWAITABLE));
  if (!drivable)
    return baton_error_new(BATON_ERROR_TYPE, "'%s' object is not iterable",
                           baton_type_name(given));
  if (link->kind == BATON_KIND_GENERATOR && baton_is_link(given) &&
      baton_link_of(given)->kind == BATON_KIND_COROUTINE)
    return baton_error_new(BATON_ERROR_TYPE,
                           "cannot 'yield from' a coroutine object in a "
                           "non-coroutine generator");
  child->handle = *given;
  return baton_none();
}

/* @return an error, or none. */
static baton_value resolve(baton_drive *drive, hanging *child) {
  const char *why = NULL;
  uint8_t kind = drive->leaf->kind;
  int32_t status;
  if (baton_is_object(&child->owner) &&
      baton_type_check(child->owner.head.type, &why) != BATON_OK)
    return baton_refuse_type(&child->owner, why);
  if (kind == BATON_KIND_GENERATOR || kind == BATON_KIND_AWAITABLE)
    return take_as_is(drive->leaf, child);
  status = baton_apply_await(&child->owner, drive->cx, &child->handle);
  if (status == BATON_ERROR) return baton_take(&child->handle);
  if (status == BATON_OWNED) baton_drop(&child->owner);
  return baton_none();
}

/* ---- May it hang here ------------------------------------------------- */

static int is_above(const baton_link *link, const baton_link *wanted) {
  while (link && link != wanted) link = link->returns_to;
  return link != NULL;
}

/* Whether a link in this state may be hung under another. */
static int may_hang(const baton_link *link, uint8_t state) {
  return state == BATON_CREATED || state == BATON_SUSPENDED ||
         (state == BATON_CLOSED && link->kind == BATON_KIND_AWAITABLE);
}

/* Claims a child link: it is ATTACHED then. @return BATON_OK; BUSY: it runs;
 * INVALID_STATE: it has ended; 1: it hangs elsewhere. */
static int32_t claim_child(const baton_drive *drive, baton_link *link,
                           uint8_t *state) {
  *state = baton_link_state(link);
  if (drive->root->returns_to && is_above(drive->root, link)) return BATON_BUSY;
  while (may_hang(link, *state)) {
    if (!(baton_link_flags(link) & BATON_LINK_SHARED)) {
      baton_link_set(link, BATON_ATTACHED);
      return BATON_OK;
    }
    if (baton_swap_if(&link->state, state, BATON_ATTACHED)) return BATON_OK;
  }
  if (*state == BATON_CLOSED) return BATON_INVALID_STATE;
  return *state == BATON_ATTACHED && !baton_chain_runs(link) ? 1 : BATON_BUSY;
}

static int inherited(const baton_link *parent) {
  unsigned flags = baton_link_flags(parent);
  if (flags & BATON_LINK_HANDLING) {
    const baton_link_handling *handling = baton_handling_of(parent);
    if (!baton_is_none(&handling->handled)) return 1;
  }
  return (flags & BATON_LINK_INHERITS) != 0;
}

static baton_value refuse_child(int32_t status, const baton_value *handle) {
  if (status == 1)
    return baton_error_new(BATON_ERROR_RUNTIME,
                           "coroutine is being awaited already");
  return baton_error_from_refusal(status, handle);
}

static uint32_t hang_link(baton_drive *drive, hanging *child) {
  baton_link *parent = drive->leaf;
  baton_link *link = baton_link_of(&child->handle);
  uint8_t state;
  int32_t status = claim_child(drive, link, &state);
  if (status == BATON_INVALID_STATE && link->kind == BATON_KIND_GENERATOR) {
    drop_child(child);
    return BATON_OP_SEND;
  }
  if (status != BATON_OK) {
    baton_value error = refuse_child(status, &child->handle);
    drop_child(child);
    return baton_drive_throw(drive, error);
  }
  parent->owner = child->owner;
  parent->handle = child->handle;
  link->returns_to = parent;
  if (state == BATON_CREATED) drive->fresh = link;
  if (parent != drive->root) baton_link_set(parent, BATON_ATTACHED);
  uint32_t op = baton_descend(drive, link, BATON_OP_SEND);
  if (baton_unlikely(inherited(parent)))
    for (link = drive->leaf; link != parent; link = link->returns_to)
      baton_link_mark(link, BATON_LINK_INHERITS);
  return op;
}

uint32_t baton_hang(baton_drive *drive) {
  hanging child = {baton_take(drive->out), {{0}, {0}}};
  baton_value error = resolve(drive, &child);
  drive->fresh = NULL;
  baton_drop(drive->in);
  if (!baton_is_none(&error)) {
    drop_child(&child);
    return baton_drive_throw(drive, error);
  }
  if (baton_is_link(&child.handle)) return hang_link(drive, &child);
  drive->leaf->owner = child.owner;
  drive->leaf->handle = child.handle;
  return BATON_OP_SEND;
}

/* ---- Taking off ------------------------------------------------------- */

baton_value baton_unhang(baton_link *parent) {
  baton_value handle = baton_take(&parent->handle);
  if (baton_is_link(&handle)) {
    baton_link *link = baton_link_of(&handle);
    link->returns_to = NULL;
    baton_link_unmark(link, BATON_LINK_INHERITS);
    if (baton_link_state(link) == BATON_ATTACHED)
      baton_link_set(link, BATON_SUSPENDED);
  }
  return baton_is_none(&parent->owner) ? handle : baton_take(&parent->owner);
}

void baton_drop_foreign(baton_drive *drive) {
  baton_value held = baton_unhang(drive->leaf);
  baton_drop(&held);
}

uint32_t baton_pop_foreign(baton_drive *drive, int32_t status) {
  baton_drop(drive->in);
  *drive->in = baton_take(drive->out);
  baton_drop_foreign(drive);
  if (baton_unlikely(baton_link_flags(drive->leaf) & BATON_LINK_CLOSING))
    return baton_exit_pass(drive, status);
  return status == BATON_ERROR ? BATON_OP_THROW : BATON_OP_SEND;
}

/* ---- Down the chain --------------------------------------------------- */

/* The child of `parent` was driven by somebody else: it runs, or has ended. */
static uint32_t lose_child(baton_drive *drive, baton_link *parent,
                           uint32_t op) {
  baton_link *link = baton_link_of(&parent->handle);
  int ended = baton_link_state(link) == BATON_CLOSED;
  int passing = (baton_link_flags(parent) & BATON_LINK_CLOSING) != 0;
  baton_value error = baton_none(), held;
  if (!ended)
    error = baton_error_from_refusal(BATON_BUSY, &parent->handle);
  else if (op != BATON_STEP_CLOSE && link->kind != BATON_KIND_GENERATOR)
    error = baton_error_from_refusal(BATON_INVALID_STATE, &parent->handle);
  drive->entered = BATON_RUNNING;
  held = baton_unhang(parent);
  baton_drop(&held);
  drive->leaf = parent;
  if (op == BATON_STEP_CLOSE) passing = 0;
  if (!baton_is_none(&error)) op = baton_drive_throw(drive, error);
  if (passing)
    return baton_exit_pass(drive,
                           op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN);
  if (op == BATON_OP_SEND) baton_drop(drive->in);
  return op;
}

uint32_t baton_descend(baton_drive *drive, baton_link *from, uint32_t op) {
  baton_link *link = from;
  if (from->leaf) {
    drive->leaf = from->leaf;
    if (from != drive->root) from->leaf = NULL;
    return op;
  }
  while (baton_is_link(&link->handle)) {
    baton_link *next = baton_link_of(&link->handle);
    uint8_t state = baton_link_state(next);
    if (state == BATON_RUNNING ||
        (state == BATON_CLOSED && next->kind != BATON_KIND_AWAITABLE))
      return lose_child(drive, link, op);
    next->returns_to = link; /* an ended awaitable may have hung elsewhere */
    link = next;
  }
  drive->leaf = link;
  return op;
}
