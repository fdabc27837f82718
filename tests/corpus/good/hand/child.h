/* SPDX-License-Identifier: MIT */

/** @file
 * What is awaited: finding its handle, calling it, letting go of it.
 */

/* The table of refusals of spec/states.md. */
static baton_value hand_refusal(int32_t status, const char *name) {
  switch (status) {
    case BATON_BUSY:
      return hand_error_say(BATON_ERROR_VALUE, "coroutine already executing");
    case BATON_INVALID_STATE:
      return hand_error_say(BATON_ERROR_RUNTIME,
                            "cannot reuse already awaited coroutine");
    case BATON_UNSUPPORTED:
      return hand_error_say(BATON_ERROR_TYPE,
                            "'%s' does not support this operation", name);
    case BATON_NO_MEMORY:
      return baton_from_kind(BATON_ERROR_NO_MEMORY);
    case BATON_VERSION_MISMATCH:
      return hand_error_say(
          BATON_ERROR_RUNTIME,
          "'%s' needs another version of the contract than %d.%d", name,
          BATON_ABI_MAJOR, BATON_ABI_MINOR);
    case BATON_WRONG_THREAD:
      return hand_error_say(BATON_ERROR_RUNTIME,
                            "'%s' belongs to another thread", name);
    case BATON_INVALID_ARGUMENT:
      return hand_error_say(BATON_ERROR_RUNTIME,
                            "'%s' was called against the contract", name);
    default:
      return hand_error_say(BATON_ERROR_RUNTIME,
                            "'%s' refused with unknown status %d", name,
                            (int)status);
  }
}

/* Turns what `value` has answered, which is no result, into an error in
 * `*out`. @return BATON_ERROR. */
HAND_LOCAL int32_t hand_failure(int32_t status, const baton_value *value,
                                baton_value *out) {
  const char *name = hand_name_of(value);
  baton_value wrong = baton_take(out);
  if (status == BATON_ERROR && hand_is_error(&wrong))
    *out = baton_take(&wrong);
  else if (status == BATON_ERROR)
    *out = hand_error_say(BATON_ERROR_TYPE,
                          "%s raised a %s, which is no error (ERR-1)", name,
                          hand_name_of(&wrong));
  else if (baton_is_refusal(status))
    *out = hand_refusal(status, name);
  else
    *out = hand_error_say(BATON_ERROR_RUNTIME, "unknown status %d from %s",
                          (int)status, name);
  hand_drop(&wrong);
  return BATON_ERROR;
}

/* ---- Attaching ---------------------------------------------------------- */

/* @return an error if that is no handle, else none. */
static baton_value hand_check_handle(const char *given,
                                     const baton_value *handle) {
  const char *fault =
      baton_is_object(handle) ? HAND_CHECK(handle->head.type) : NULL;
  if (baton_is_object(handle) && !fault && handle->head.type->as_coroutine)
    return baton_none();
  return hand_error_say(
      BATON_ERROR_TYPE, "%s.__await__() must return an iterator, not %s%s%s",
      given, hand_name_of(handle), fault ? ": " : "", fault ? fault : "");
}

/* Applies am_await to a value that has it. @return BATON_OWNED, BATON_LENT,
 * or BATON_ERROR. */
static int32_t hand_ask(const baton_value *value, baton_context *cx,
                        baton_value *out) {
  int32_t status = value->head.type->as_async->am_await(value, cx, out);
  baton_value error;
  if (status != BATON_OWNED && status != BATON_LENT)
    return HAND_FAILURE(status, value, out);
  error = hand_check_handle(value->head.type->name, out);
  if (baton_is_none(&error)) return status;
  if (status == BATON_OWNED) hand_drop(out);
  *out = error;
  return BATON_ERROR;
}

static int hand_can_be_awaited(const baton_value *value) {
  return baton_is_object(value) && value->head.type->as_async &&
         value->head.type->as_async->am_await;
}

/* Awaits `*value`, which is taken. @return BATON_OK, or BATON_ERROR with the
 * error in `*out`. */
HAND_LOCAL int32_t hand_attach(hand_child *child, baton_context *cx,
                               baton_value *value, baton_value *out) {
  baton_value given = baton_take(value);
  const char *fault =
      baton_is_object(&given) ? HAND_CHECK(given.head.type) : NULL;
  int32_t status = BATON_ERROR;
  if (fault)
    *out = hand_error_say(BATON_ERROR_TYPE, "'%s' cannot be awaited: %s",
                          hand_name_of(&given), fault);
  else if (!hand_can_be_awaited(&given))
    *out = hand_error_say(BATON_ERROR_TYPE, "'%s' object can't be awaited",
                          baton_type_name(&given));
  else
    status = hand_ask(&given, cx, out);
  if (status != BATON_ERROR) child->handle = baton_take(out);
  if (status == BATON_LENT) child->owner = baton_take(&given);
  hand_drop(&given);
  return status == BATON_ERROR ? status : BATON_OK;
}

static int hand_is_coroutine_link(const baton_value *value) {
  return value->head.type->as_link &&
         baton_link_of(value)->kind == BATON_KIND_COROUTINE;
}

/* Delegates to `*value` as `yield from` does: to the value itself. */
HAND_LOCAL int32_t hand_attach_iterator(hand_child *child, baton_value *value,
                                        baton_value *out) {
  baton_value given = baton_take(value);
  const char *fault =
      baton_is_object(&given) ? HAND_CHECK(given.head.type) : NULL;
  if (fault) {
    *out = hand_error_say(BATON_ERROR_TYPE, "'%s' cannot be awaited: %s",
                          hand_name_of(&given), fault);
  } else if (!baton_is_object(&given) || !given.head.type->as_coroutine) {
    *out = hand_error_say(BATON_ERROR_TYPE, "'%s' object is not iterable",
                          baton_type_name(&given));
  } else if (hand_is_coroutine_link(&given)) {
    *out = hand_error_say(BATON_ERROR_TYPE,
                          "cannot 'yield from' a coroutine object in a "
                          "non-coroutine generator");
  } else {
    child->owner = child->handle = given;
    return BATON_OK;
  }
  hand_drop(&given);
  return BATON_ERROR;
}

/* ---- Driving ------------------------------------------------------------ */

HAND_LOCAL int32_t hand_call_child(const hand_child *child, baton_context *cx,
                                   uint32_t op, baton_value *in,
                                   baton_value *out) {
  const baton_value *handle = &child->handle;
  const baton_coroutine_methods *methods = handle->head.type->as_coroutine;
  if (op == BATON_OP_SEND) return methods->send(handle, cx, in, out);
  if (op == BATON_OP_THROW) return methods->throw_(handle, cx, in, out);
  return methods->close(handle, cx, out);
}

/* Detached before it is released. What was lent is not released. */
HAND_LOCAL void hand_detach(hand_child *child) {
  baton_value owner = baton_take(&child->owner);
  baton_value handle = baton_take(&child->handle);
  baton_drop(baton_is_none(&owner) ? &handle : &owner);
}

/* A context that accepts nothing, for what nobody waits for. */
static baton_context hand_detached_context(void) {
  baton_context cx = {.struct_size = sizeof cx,
                      .abi_major = BATON_ABI_MAJOR,
                      .abi_minor = BATON_ABI_MINOR};
  return cx;
}

static void hand_break_off(const hand_child *child) {
  baton_context cx = hand_detached_context();
  baton_value in = baton_none(), out = baton_none();
  HAND_CALL_CHILD(child, &cx, HAND_OP_CLOSE, &in, &out);
  baton_drop(&out);
}

/* The child has answered `op` with something else than a suspension, and is
 * let go of. @return BATON_RETURN or BATON_ERROR, with the value in `*in`. */
HAND_LOCAL int32_t hand_settle(hand_child *child, uint32_t op, int32_t status,
                               baton_value *in, baton_value *out) {
  if (status == BATON_UNSUPPORTED && op == BATON_OP_THROW) {
    *out = baton_take(in); /* the error that was to be thrown */
    status = BATON_ERROR;
  } else if (status == BATON_UNSUPPORTED && op == HAND_OP_CLOSE) {
    status = BATON_RETURN;
  } else if (status != BATON_RETURN) {
    int known = status == BATON_ERROR || baton_is_refusal(status);
    status = HAND_FAILURE(status, &child->handle, out);
    if (!known) hand_break_off(child);
  }
  HAND_DETACH(child);
  baton_drop(in);
  *in = baton_take(out);
  return status;
}
