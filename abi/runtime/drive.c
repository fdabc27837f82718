/* SPDX-License-Identifier: MIT */
#include "drive.h"

#include "thread.h"

#define EXITS (BATON_LINK_CLOSING | BATON_LINK_EXITING)

const char *baton_link_noun(const baton_link *link) {
  static const char *const nouns[] = {"coroutine", "generator",
                                      "async generator", "coroutine"};
  return link->kind <= BATON_KIND_AWAITABLE ? nouns[link->kind] : "coroutine";
}

int baton_chain_runs(const baton_link *link) {
  for (; link; link = link->returns_to) {
    if (baton_link_state(link) == BATON_RUNNING) return 1;
    if (baton_link_flags(link) & BATON_LINK_SHARED) return 0;
  }
  return 0;
}

/* ---- Entering and leaving --------------------------------------------- */

/* Claims a middle link of a chain that belongs to one thread: allowed if none
 * above it runs. Their caches no longer hold. */
static int32_t claim_middle(baton_link *link) {
  baton_link *above;
  for (above = link->returns_to; above; above = above->returns_to) {
    if (baton_link_state(above) == BATON_RUNNING) return BATON_BUSY;
    if (baton_link_flags(above) & BATON_LINK_SHARED) return BATON_BUSY;
  }
  for (above = link->returns_to; above; above = above->returns_to)
    above->leaf = NULL;
  baton_link_set(link, BATON_RUNNING);
  return BATON_OK;
}

/* Makes the driven link RUNNING. @return BATON_OK, or a refusal: BUSY,
 * WRONG_THREAD, INVALID_STATE if it is CLOSED. */
static int32_t claim(baton_drive *drive) {
  baton_link *link = drive->root;
  unsigned flags = baton_link_flags(link);
  uint8_t state = baton_link_state(link);
  drive->entered = state;
  if (state == BATON_RUNNING) return BATON_BUSY;
  if (state == BATON_CLOSED && link->kind != BATON_KIND_AWAITABLE)
    return BATON_INVALID_STATE;
  if (flags & BATON_LINK_SHARED) {
    if (state == BATON_ATTACHED) return BATON_BUSY;
    return baton_swap_if(&link->state, &state, BATON_RUNNING) ? BATON_OK
                                                              : BATON_BUSY;
  }
  if (state == BATON_ATTACHED) return claim_middle(link);
  baton_link_set(link, BATON_RUNNING);
  return BATON_OK;
}

int32_t baton_link_guard(const baton_value *self) {
  const baton_link_methods *methods = self->head.type->as_link;
  if (!(baton_link_flags(baton_link_of(self)) & BATON_LINK_AFFINE))
    return BATON_OK;
  return methods->guard ? methods->guard(self) : BATON_WRONG_THREAD;
}

/* The driven link's own check, and a chance for what waits for its thread. */
static int32_t enter(const baton_value *self) {
  int32_t status = baton_link_guard(self);
  if (baton_link_flags(baton_link_of(self)) & BATON_LINK_AFFINE &&
      status == BATON_OK)
    baton_owner_drain();
  return status;
}

static void open_drive(baton_drive *drive, const baton_value *self,
                       baton_context *cx, baton_value *in, baton_value *out) {
  drive->self = self;
  drive->root = drive->leaf = baton_link_of(self);
  drive->cx = cx;
  drive->in = in;
  drive->out = out;
  drive->accepts = cx->accepts;
  drive->marks = (uint16_t)(baton_link_flags(drive->root) & EXITS);
  drive->exit_target = NULL;
  drive->fresh = NULL;
}

static int32_t suspend(baton_drive *drive, int32_t status) {
  baton_link *root = drive->root;
  if (drive->leaf != root) baton_link_set(drive->leaf, BATON_ATTACHED);
  if (root->returns_to) {
    root->leaf = NULL;
    baton_link_set(root, BATON_ATTACHED);
  } else {
    root->leaf = drive->leaf;
    baton_link_set(root, BATON_SUSPENDED);
  }
  return status;
}

static void end_link(const baton_value *handle, baton_link *link) {
  const baton_link_methods *methods = handle->head.type->as_link;
  link->leaf = NULL;
  if (baton_unlikely(baton_link_flags(link) & EXITS))
    baton_link_unmark(link, EXITS);
  /* An awaitable may begin again as soon as it is CLOSED. */
  if (link->kind == BATON_KIND_AWAITABLE && methods->ended)
    methods->ended(handle);
  baton_link_set(link, BATON_CLOSED);
  if (link->kind != BATON_KIND_AWAITABLE && methods->ended)
    methods->ended(handle);
}

/* ---- Results of a body ------------------------------------------------ */

/* PEP 479: an iteration's end must not escape from a body that was not the
 * one to signal it. */
static int convert_stop(const baton_link *link, baton_value *error) {
  uint32_t kind = baton_error_kind(error);
  const char *name;
  if (kind == BATON_ERROR_STOP_ITERATION && link->kind != BATON_KIND_AWAITABLE)
    name = "StopIteration";
  else if (kind == BATON_ERROR_STOP_ASYNC_ITERATION &&
           link->kind == BATON_KIND_ASYNC_GENERATOR)
    name = "StopAsyncIteration";
  else
    return 0;
  baton_value cause = baton_take(error), context;
  *error = baton_error_new(BATON_ERROR_RUNTIME, "%s raised %s",
                           baton_link_noun(link), name);
  if (baton_copy(&cause, &context) == BATON_OK)
    baton_error_set_context(error, &context);
  baton_error_set_cause(error, &cause);
  return 1;
}

static void add_frame(const baton_value *handle, const baton_value *error) {
  const baton_link_methods *methods = handle->head.type->as_link;
  baton_frame frame;
  if (!methods->where || !baton_is_object(error)) return;
  if (!error->head.type->as_error->add_frame) return;
  if (methods->where(handle, &frame) == BATON_OK)
    error->head.type->as_error->add_frame(error, &frame);
}

static void finish_error(const baton_value *handle, const baton_link *link,
                         baton_value *out) {
  if (baton_unlikely(!baton_is_error(out)))
    baton_require_error(handle->head.type->name, out);
  add_frame(handle, out);
  if (baton_unlikely(convert_stop(link, out))) add_frame(handle, out);
}

uint32_t baton_pop(baton_drive *drive, int32_t status) {
  baton_link *parent = drive->leaf->returns_to;
  baton_value held = baton_unhang(parent);
  baton_drop(drive->in);
  *drive->in = baton_take(drive->out);
  drive->leaf = parent;
  baton_drop(&held);
  if (baton_unlikely(baton_link_flags(parent) & BATON_LINK_CLOSING))
    return baton_exit_pass(drive, status);
  return status == BATON_ERROR ? BATON_OP_THROW : BATON_OP_SEND;
}

/* ---- One step --------------------------------------------------------- */

/* The error that the nearest link above handles, from `link` on. */
static const baton_value *find_handled(const baton_drive *drive,
                                       const baton_link *link) {
  for (;; link = link->returns_to) {
    if (baton_link_flags(link) & BATON_LINK_HANDLING) {
      const baton_link_handling *handling = baton_handling_of(link);
      if (!baton_is_none(&handling->handled)) return &handling->handled;
    }
    if (link == drive->root) return drive->cx->handled;
  }
}

static int32_t resume_special(baton_drive *drive, const baton_value *handle,
                              uint32_t op) {
  const baton_link_methods *methods = handle->head.type->as_link;
  unsigned flags = baton_link_flags(drive->leaf);
  const baton_value *outer = drive->cx->handled;
  int32_t status = baton_link_guard(handle);
  if (status != BATON_OK) return status;
  baton_link_set(drive->leaf, BATON_RUNNING);
  if ((flags & BATON_LINK_INHERITS) && drive->leaf != drive->root)
    drive->cx->handled = find_handled(drive, drive->leaf->returns_to);
  status = methods->resume(handle, drive->cx, op, drive->in, drive->out);
  drive->cx->handled = outer;
  return status;
}

static inline int32_t resume_leaf(baton_drive *drive, uint32_t op) {
  baton_link *leaf = drive->leaf;
  const baton_value *handle = baton_drive_handle(drive, leaf);
  if (baton_unlikely(baton_link_flags(leaf) & BATON_LINK_SPECIAL))
    return resume_special(drive, handle, op);
  baton_link_set(leaf, BATON_RUNNING);
  return handle->head.type->as_link->resume(handle, drive->cx, op, drive->in,
                                            drive->out);
}

static int32_t call_foreign(baton_drive *drive, uint32_t op) {
  const baton_value *child = &drive->leaf->handle;
  const baton_value *outer = drive->cx->handled;
  const baton_coroutine_methods *methods = child->head.type->as_coroutine;
  int32_t status;
  if (baton_link_flags(drive->leaf) &
      (BATON_LINK_HANDLING | BATON_LINK_INHERITS))
    drive->cx->handled = find_handled(drive, drive->leaf);
  if (op == BATON_OP_SEND)
    status = methods->send(child, drive->cx, drive->in, drive->out);
  else if (op == BATON_OP_THROW)
    status = methods->throw_(child, drive->cx, drive->in, drive->out);
  else
    status = methods->close(child, drive->cx, drive->out);
  drive->cx->handled = outer;
  return status;
}

/* The leaf delegates to a coroutine that has no link: its own slots drive it.
 * @return the operation for the leaf, or BATON_STEP_STOP with the suspension
 * in `*status`. */
static uint32_t step_foreign(baton_drive *drive, uint32_t op, int32_t *status) {
  baton_link *leaf = drive->leaf;
  baton_link_set(leaf, BATON_RUNNING);
  *status = call_foreign(drive, op);
  if (*status == BATON_YIELD || *status == BATON_PENDING)
    return BATON_STEP_STOP;
  if (*status == BATON_UNSUPPORTED && op != BATON_OP_SEND) {
    baton_drop(drive->out);
    baton_drop_foreign(drive);
    return op == BATON_OP_THROW ? op : baton_exit_pass(drive, BATON_RETURN);
  }
  if (*status == BATON_ERROR) {
    baton_require_error(leaf->handle.head.type->name, drive->out);
  } else if (*status != BATON_RETURN) {
    baton_drop(drive->out);
    *drive->out = baton_is_refusal(*status)
                      ? baton_error_from_refusal(*status, &leaf->handle)
                      : baton_break_off(*status, &leaf->handle);
    *status = BATON_ERROR;
  }
  return baton_pop_foreign(drive, *status);
}

/* A body refused, or returned a status that there is not. A refusal of the
 * driven link itself, before anything has run, is the call's. */
static uint32_t step_refused(baton_drive *drive, int32_t *status) {
  baton_link *leaf = drive->leaf;
  const baton_value *handle = baton_drive_handle(drive, leaf);
  int refused = baton_is_refusal(*status);
  baton_drop(drive->out);
  if (refused && leaf == drive->root && drive->entered != BATON_RUNNING) {
    baton_link_unmark(leaf, EXITS);
    baton_link_mark(leaf, drive->marks);
    baton_link_set(leaf, drive->entered);
    return BATON_STEP_STOP;
  }
  *drive->out = refused ? baton_error_from_refusal(*status, handle)
                        : baton_error_from_status(*status, handle);
  *status = BATON_ERROR;
  baton_link_unmark(leaf, EXITS);
  if (!refused || leaf == drive->root)
    end_link(handle, leaf);
  else
    baton_link_set(leaf, leaf == drive->fresh ? BATON_CREATED : BATON_ATTACHED);
  return leaf == drive->root ? BATON_STEP_STOP : baton_pop(drive, *status);
}

static uint32_t step_ended(baton_drive *drive, int32_t *status) {
  baton_link *leaf = drive->leaf;
  const baton_value *handle = baton_drive_handle(drive, leaf);
  if (*status == BATON_ERROR) finish_error(handle, leaf, drive->out);
  if (baton_unlikely(baton_link_flags(leaf) & BATON_LINK_EXITING))
    *status = baton_exit_end(leaf, *status, drive->out);
  end_link(handle, leaf);
  return leaf == drive->root ? BATON_STEP_STOP : baton_pop(drive, *status);
}

/* An async generator hands an item to the awaitable above it. Where there is
 * none, which is when its release closes it, that is a suspension. */
static uint32_t step_item(baton_drive *drive, int32_t *status) {
  uint32_t op;
  if (drive->leaf->kind != BATON_KIND_ASYNC_GENERATOR)
    return step_refused(drive, status);
  if (drive->leaf != drive->root) {
    baton_link_set(drive->leaf, BATON_ATTACHED);
    return baton_pop(drive, BATON_ITEM);
  }
  *status = BATON_YIELD;
  op = baton_exit_suspended(drive, status);
  if (op == BATON_STEP_STOP) suspend(drive, *status);
  return op;
}

/* The leaf's body has stopped with `*status`. @return the operation for the
 * leaf that is next, or BATON_STEP_STOP. */
static uint32_t settle(baton_drive *drive, int32_t *status) {
  switch (*status) {
    case BATON_YIELD:
    case BATON_PENDING:
      if (baton_unlikely((baton_link_flags(drive->root) & EXITS) ||
                         drive->exit_target)) {
        uint32_t op = baton_exit_suspended(drive, status);
        if (op != BATON_STEP_STOP) return op;
      }
      suspend(drive, *status);
      return BATON_STEP_STOP;
    case BATON_AWAIT:
      return baton_hang(drive);
    case BATON_RETURN:
    case BATON_ERROR:
      return step_ended(drive, status);
    case BATON_ITEM:
      return step_item(drive, status);
    default:
      return step_refused(drive, status);
  }
}

/* Resumes the leaf with (op, *in), and whoever comes after it, until the
 * chain suspends or the root ends. What the drive left in `in` is dropped. */
static int32_t run(baton_drive *drive, uint32_t op) {
  int32_t status;
  for (;;) {
    if (baton_unlikely(!baton_is_none(&drive->leaf->handle))) {
      status = baton_link_guard(baton_drive_handle(drive, drive->leaf));
      op = status == BATON_OK ? step_foreign(drive, op, &status)
                              : BATON_STEP_STOP;
      if (op == BATON_STEP_STOP) op = settle(drive, &status);
    } else {
      status = resume_leaf(drive, op);
      op = settle(drive, &status);
    }
    if (op == BATON_STEP_STOP) break;
    drive->entered = BATON_RUNNING;
  }
  if (drive->entered == BATON_RUNNING) baton_drop(drive->in);
  return status;
}

/* ---- The slots -------------------------------------------------------- */

static BATON_APART int32_t send_slowly(const baton_value *self,
                                       baton_context *cx, baton_value *in,
                                       baton_value *out) {
  baton_drive drive;
  open_drive(&drive, self, cx, in, out);
  baton_link *root = drive.root;
  int32_t status = enter(self);
  if (status != BATON_OK) return status;
  if (baton_link_state(root) == BATON_CREATED && !baton_is_none(in) &&
      root->kind != BATON_KIND_AWAITABLE) {
    *out = baton_error_new(BATON_ERROR_TYPE,
                           "can't send non-None value to a just-started %s",
                           baton_link_noun(root));
    return BATON_ERROR;
  }
  status = claim(&drive);
  if (status == BATON_INVALID_STATE && root->kind == BATON_KIND_GENERATOR)
    return BATON_RETURN;
  if (status != BATON_OK) return status;
  return run(&drive, baton_descend(&drive, root, BATON_OP_SEND));
}

/* Claims a link in the common states. @return whether it did. */
static inline int claim_quickly(baton_link *root, uint8_t state,
                                const baton_value *in) {
  unsigned flags = baton_link_flags(root);
  if (state != BATON_SUSPENDED &&
      (state != BATON_CREATED || !baton_is_none(in)))
    return 0;
  if (baton_unlikely(flags & (BATON_LINK_AFFINE | EXITS))) return 0;
  if (baton_unlikely(flags & BATON_LINK_SHARED))
    return baton_swap_if(&root->state, &state, BATON_RUNNING);
  baton_link_set(root, BATON_RUNNING);
  return 1;
}

/* The leaf, if it can be resumed without further ado, else null. */
static inline baton_link *quick_leaf(baton_link *root) {
  baton_link *leaf = root->leaf ? root->leaf : root;
  if (baton_unlikely(!baton_is_none(&leaf->handle))) return NULL;
  return baton_link_flags(leaf) & BATON_LINK_SPECIAL ? NULL : leaf;
}

BATON_APART int32_t baton_link_go_on(const baton_value *self, baton_context *cx,
                                     baton_value *in, baton_value *out,
                                     uint8_t state, baton_link *leaf,
                                     int32_t status) {
  baton_drive drive;
  uint32_t op;
  open_drive(&drive, self, cx, in, out);
  drive.entered = state;
  if (!leaf)
    return run(&drive, baton_descend(&drive, drive.root, BATON_OP_SEND));
  drive.leaf = leaf;
  op = settle(&drive, &status);
  if (op == BATON_STEP_STOP) return status;
  drive.entered = BATON_RUNNING;
  return run(&drive, op);
}

int32_t baton_link_send(const baton_value *self, baton_context *cx,
                        baton_value *in, baton_value *out) {
  baton_link *root = baton_link_of(self), *leaf;
  uint8_t state = baton_link_state(root);
  const baton_value *handle = self;
  int32_t status;
  if (baton_unlikely(!claim_quickly(root, state, in)))
    return send_slowly(self, cx, in, out);
  leaf = quick_leaf(root);
  if (baton_unlikely(!leaf))
    return baton_link_go_on(self, cx, in, out, state, NULL, BATON_OK);
  if (leaf != root) {
    handle = &leaf->returns_to->handle;
    baton_link_set(leaf, BATON_RUNNING);
  }
  status =
      handle->head.type->as_link->resume(handle, cx, BATON_OP_SEND, in, out);
  if (baton_unlikely(status != BATON_YIELD && status != BATON_PENDING))
    return baton_link_go_on(self, cx, in, out, state, leaf, status);
  if (leaf != root) baton_link_set(leaf, BATON_ATTACHED);
  root->leaf = leaf;
  baton_link_set(root, BATON_SUSPENDED);
  return status;
}

/* Generator-exit is not thrown at the leaf: the delegates are closed, at
 * once, and then the driven link gets it. */
static uint32_t throw_exit(baton_drive *drive) {
  baton_link *target = drive->root;
  while (target->kind == BATON_KIND_AWAITABLE && baton_is_link(&target->handle))
    target = baton_link_of(&target->handle);
  drive->exit_target = target;
  drive->exit_error = baton_take(drive->in);
  drive->cx->accepts = 0;
  return baton_exit_start(drive);
}

int32_t baton_link_throw(const baton_value *self, baton_context *cx,
                         baton_value *error, baton_value *out) {
  baton_drive drive;
  uint32_t op = BATON_OP_THROW;
  if (!baton_is_error(error)) return BATON_INVALID_ARGUMENT;
  open_drive(&drive, self, cx, error, out);
  baton_link *root = drive.root;
  int32_t status = enter(self);
  if (status == BATON_OK) status = claim(&drive);
  if (status == BATON_INVALID_STATE && root->kind == BATON_KIND_GENERATOR) {
    *out = baton_take(error);
    return BATON_ERROR;
  }
  if (status != BATON_OK) return status;
  if (drive.entered == BATON_CREATED && root->kind != BATON_KIND_AWAITABLE) {
    *out = baton_take(error);
    end_link(self, root);
    return BATON_ERROR;
  }
  if (!baton_is_none(&root->handle) &&
      baton_error_kind(error) == BATON_ERROR_GENERATOR_EXIT)
    op = throw_exit(&drive);
  else
    op = baton_descend(&drive, root, op);
  status = run(&drive, op);
  cx->accepts = drive.accepts;
  if (drive.exit_target) baton_drop(&drive.exit_error);
  return status;
}

int32_t baton_link_close(const baton_value *self, baton_context *cx,
                         baton_value *out) {
  baton_drive drive;
  baton_value in = baton_none();
  open_drive(&drive, self, cx, &in, out);
  baton_link *root = drive.root;
  int32_t status = enter(self);
  if (status != BATON_OK) return status;
  if (baton_link_state(root) == BATON_CLOSED &&
      root->kind != BATON_KIND_AWAITABLE)
    return BATON_RETURN;
  status = claim(&drive);
  if (status != BATON_OK)
    return status == BATON_INVALID_STATE ? BATON_RETURN : status;
  if (drive.entered == BATON_CREATED && root->kind != BATON_KIND_AWAITABLE) {
    end_link(self, root);
    return BATON_RETURN;
  }
  status = run(&drive, baton_exit_start(&drive));
  baton_drop(&in);
  return status;
}
