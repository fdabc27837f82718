/* SPDX-License-Identifier: MIT */
#include "drive.h"

/* Gives the leaf generator-exit, or the failure in `*in`. Where it hangs under
 * an awaitable that is no frame of its own, the two count as one. */
static uint32_t exit_leaf(baton_drive *drive, int32_t status) {
  baton_link *leaf = drive->leaf;
  if (leaf == drive->exit_target) {
    baton_value error = baton_take(&drive->exit_error);
    drive->exit_target = NULL;
    drive->cx->accepts = drive->accepts;
    if (drive->marks & BATON_LINK_CLOSING) /* it was being closed anyway */
      baton_link_mark(leaf, BATON_LINK_EXITING);
    if (status != BATON_ERROR) return baton_drive_throw(drive, error);
    baton_drop(&error);
    return BATON_OP_THROW;
  }
  if (leaf != drive->root && leaf->returns_to->kind == BATON_KIND_AWAITABLE)
    leaf = leaf->returns_to;
  baton_link_unmark(leaf, BATON_LINK_CLOSING);
  baton_link_mark(leaf, BATON_LINK_EXITING);
  if (status == BATON_ERROR) return BATON_OP_THROW;
  return baton_drive_throw(drive, baton_from_kind(BATON_ERROR_GENERATOR_EXIT));
}

uint32_t baton_exit_start(baton_drive *drive) {
  baton_link *top = drive->exit_target ? drive->exit_target : drive->root;
  baton_link *link;
  uint32_t op = baton_descend(drive, drive->root, BATON_STEP_CLOSE);
  for (link = drive->leaf; link && link != top;) link = link->returns_to;
  if (!link) { /* somebody else ended it: the descent has lost it */
    top = drive->leaf;
    if (drive->exit_target) drive->exit_target = top;
  }
  for (link = drive->leaf; link != top; link = link->returns_to)
    baton_link_mark(link->returns_to, BATON_LINK_CLOSING);
  if (!baton_is_none(&drive->leaf->handle)) {
    baton_link_mark(drive->leaf, BATON_LINK_CLOSING);
    return op;
  }
  return exit_leaf(drive, op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN);
}

uint32_t baton_exit_pass(baton_drive *drive, int32_t status) {
  baton_link_unmark(drive->leaf, BATON_LINK_CLOSING);
  return exit_leaf(drive, status);
}

uint32_t baton_exit_suspended(baton_drive *drive, int32_t *status) {
  baton_link *link = drive->leaf;
  uint32_t wanted =
      *status == BATON_YIELD ? BATON_ACCEPT_YIELD : BATON_ACCEPT_PENDING;
  int foreign = !baton_is_none(&link->handle) &&
                (baton_link_flags(link) & BATON_LINK_CLOSING) != 0;
  if (drive->cx->accepts & wanted) return BATON_STEP_STOP;
  if (!foreign) {
    while (!(baton_link_flags(link) & BATON_LINK_EXITING)) {
      if (link == drive->root) return BATON_STEP_STOP;
      link = link->returns_to;
    }
  }
  baton_drop(drive->out);
  *drive->out = baton_error_new(BATON_ERROR_RUNTIME, "%s ignored GeneratorExit",
                                foreign ? "coroutine" : baton_link_noun(link));
  *status = BATON_ERROR;
  if (foreign) return baton_pop_foreign(drive, BATON_ERROR);
  baton_link_unmark(link, BATON_LINK_EXITING);
  if (link == drive->root) return BATON_STEP_STOP;
  baton_link_set(drive->leaf, BATON_ATTACHED);
  drive->leaf = link;
  return baton_pop(drive, BATON_ERROR);
}

int32_t baton_exit_end(const baton_link *link, int32_t status,
                       baton_value *out) {
  uint32_t kind;
  if (status != BATON_ERROR) {
    if (link->kind == BATON_KIND_AWAITABLE) baton_drop(out);
    return status;
  }
  kind = baton_error_kind(out);
  if (kind != BATON_ERROR_GENERATOR_EXIT &&
      (kind != BATON_ERROR_STOP_ASYNC_ITERATION ||
       link->kind != BATON_KIND_AWAITABLE))
    return status;
  baton_drop(out);
  return BATON_RETURN;
}
