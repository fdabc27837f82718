/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "host.h"
#include "witness.h"

/* Tokens and the witness: values of the harness that every language passes on
 * without knowing them. */

typedef struct token {
  int count;
} token;

static token tokens[HOST_TOKENS]; /* never freed: a late release is seen */
static int made;

static token *token_of(const baton_value *self) { return self->payload.object; }

static int32_t BATON_CALL retain(const baton_value *self) {
  __atomic_fetch_add(&token_of(self)->count, 1, __ATOMIC_SEQ_CST);
  return BATON_OK;
}

static int32_t BATON_CALL release(const baton_value *self) {
  __atomic_fetch_sub(&token_of(self)->count, 1, __ATOMIC_SEQ_CST);
  return BATON_OK;
}

static const baton_type token_type = {.struct_size = sizeof(baton_type),
                                      .abi_major = BATON_ABI_MAJOR,
                                      .abi_minor = BATON_ABI_MINOR,
                                      .magic = BATON_TYPE_MAGIC,
                                      .name = "token",
                                      .retain = retain,
                                      .release = release};

int64_t host_token_number(const baton_value *value) {
  return value->head.type == &token_type ? token_of(value) - tokens : -1;
}

int32_t host_new_token(baton_value *out) {
  if (made == HOST_TOKENS) return BATON_NO_MEMORY;
  tokens[made].count = 1;
  *out = baton_from_object(&token_type, &tokens[made++]);
  return BATON_OK;
}

void host_forget_tokens(void) {
  made = 0;
  memset(tokens, 0, sizeof tokens);
}

int host_token_count(int number) {
  if (number < 0 || number >= HOST_TOKENS) return 0;
  return __atomic_load_n(&tokens[number].count, __ATOMIC_SEQ_CST);
}

/* ---- The witness ------------------------------------------------------- */

PyObject *host_listener;

/* Calls listener.NAME(text). What it raises is lost for the caller, and told.
 */
static void call(const char *name, const char *text, uint64_t size) {
  PyGILState_STATE state = PyGILState_Ensure();
  PyObject *type, *value, *traceback, *result;
  PyErr_Fetch(&type, &value, &traceback);
  result =
      PyObject_CallMethod(host_listener, name, "s#", text, (Py_ssize_t)size);
  if (!result) PyErr_WriteUnraisable(host_listener);
  Py_XDECREF(result);
  PyErr_Restore(type, value, traceback);
  PyGILState_Release(state);
}

static void BATON_CALL say(const char *line, uint64_t size) {
  call("say", line, size);
}

static void BATON_CALL act(const char *name, uint64_t size) {
  call("act", name, size);
}

static int64_t BATON_CALL identify(const baton_value *value) {
  int64_t number = host_token_number(value);
  baton_value copy;
  PyObject *object, *result;
  PyGILState_STATE state;
  if (number >= 0) return number;
  state = PyGILState_Ensure();
  if (baton_copy(value, &copy) == BATON_OK) {
    object = baton_python_find()->to_object(baton_python_find(), &copy);
    result = object
                 ? PyObject_CallMethod(host_listener, "identify", "O", object)
                 : NULL;
    number = result ? PyLong_AsLongLong(result) : -1;
    Py_XDECREF(result);
    Py_XDECREF(object);
    PyErr_Clear();
  }
  PyGILState_Release(state);
  return number;
}

static int32_t BATON_CALL query(const baton_value *self, const char *id,
                                const void **out) {
  static const interop_witness table = {sizeof table, 0, say, act, identify};
  (void)self;
  *out = strcmp(id, INTEROP_WITNESS) == 0 ? &table : NULL;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

static int32_t BATON_CALL keep(const baton_value *self) {
  (void)self;
  return BATON_OK;
}

baton_value host_witness(void) {
  static const baton_type type = {.struct_size = sizeof(baton_type),
                                  .abi_major = BATON_ABI_MAJOR,
                                  .abi_minor = BATON_ABI_MINOR,
                                  .magic = BATON_TYPE_MAGIC,
                                  .name = "witness",
                                  .retain = keep,
                                  .release = keep,
                                  .query = query};
  static int object;
  return baton_from_object(&type, &object);
}
