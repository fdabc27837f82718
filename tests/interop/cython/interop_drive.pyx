# SPDX-License-Identifier: MIT
"""Takes the steps of a script with a handle."""
from baton cimport *
from libc.stdint cimport int32_t, uint32_t

import words

cdef const baton_python *py = baton_table()

cdef extern from *:
    """
    /* An exception as an error that can be thrown. */
    static baton_value interop_error(const baton_python *table, PyObject *error) {
      PyErr_SetObject((PyObject *)Py_TYPE(error), error);
      return table->caught(table);
    }
    """
    baton_value interop_error(const baton_python *table, object error)

# ---- A waker that notes that it was woken; it is never freed -------------------

cdef int wakes = 0


cdef int32_t bell_clone(const baton_waker *self, const baton_waker **out) noexcept nogil:
    out[0] = self
    return BATON_OK


cdef int32_t bell_wake(const baton_waker *self) noexcept nogil:
    global wakes
    wakes = 1
    return BATON_OK


cdef int32_t bell_drop(const baton_waker *self) noexcept nogil:
    return BATON_OK


cdef baton_waker_methods bell_methods
bell_methods.struct_size = sizeof(baton_waker_methods)
bell_methods.clone = bell_clone
bell_methods.wake = bell_wake
bell_methods.wake_by_ref = bell_wake
bell_methods.drop = bell_drop
cdef baton_waker bell
bell.methods = &bell_methods

# ---- The drive ------------------------------------------------------------------

STATES = ["created", "running", "suspended", "closed"]


cdef class Drive:
    """Steps are methods of its name."""
    cdef baton_value handle, token
    cdef baton_context cx
    cdef object given, witness, last

    def __init__(self, given, witness):
        self.given = given
        self.witness = witness
        self.cx = baton_context_of(BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING, &bell)
        if hasattr(given, "__await__"):
            self.begin(given)

    def __dealloc__(self):
        self.let_go()

    cdef begin(self, awaitable):
        cdef baton_value value = py.from_object(py, awaitable), out = baton_none()
        cdef int32_t status
        baton_drop(&self.handle)
        status = baton_await_handle(&value, &self.cx, &out)
        if status == BATON_OK:
            self.handle = out
        else:
            self.say(status, &out)
        baton_drop(&value)

    cdef forget_token(self):
        cdef const baton_wait *wait = <const baton_wait *>baton_find(
            &self.token, BATON_EXT_WAIT)
        if wait != NULL:
            wait.unsubscribe(&self.token, &bell)
        baton_drop(&self.token)

    cdef let_go(self):
        self.forget_token()
        baton_drop(&self.handle)
        self.given = self.last = None

    # A token that can be waited for makes a YIELD into PENDING.
    cdef int32_t waited(self, baton_value *out):
        cdef const baton_wait *wait = <const baton_wait *>baton_find(out, BATON_EXT_WAIT)
        if wait == NULL:
            return BATON_YIELD
        if wait.subscribe(out, &bell) != BATON_OK:
            return BATON_YIELD
        self.token = baton_take(out)
        return BATON_PENDING

    cdef say(self, int32_t status, baton_value *out):
        if status == BATON_YIELD:
            status = self.waited(out)
        if status == BATON_PENDING:
            self.witness.say("pending")
            return
        try:
            self.last = baton_result_of(status, &self.handle, out)
        except BaseException as error:
            self.witness.say(words.error(error))
            return
        word = "yield" if status == BATON_YIELD else "return"
        self.witness.say(f"{word} {words.value(self.witness, self.last)}")

    def send(self, text):
        self.forget_token()
        value = self.last if text == "last" else words.read_value(text)
        self.last = None
        cdef baton_value in_ = py.from_object(py, value), out = baton_none()
        del value
        cdef int32_t status = baton_send(&self.handle, &self.cx, &in_, &out)
        baton_drop(&in_)
        self.say(status, &out)

    def throw(self, text):
        self.forget_token()
        cdef baton_value in_ = interop_error(py, words.read_error(text))
        cdef baton_value out = baton_none()
        cdef int32_t status = baton_throw(&self.handle, &self.cx, &in_, &out)
        baton_drop(&in_)
        self.say(status, &out)

    def close(self, text):
        self.forget_token()
        cdef baton_value out = baton_none()
        self.say(baton_close(&self.handle, &out), &out)

    def state(self, text):
        cdef uint32_t state = 0
        cdef const baton_introspect *table = <const baton_introspect *>baton_find(
            &self.handle, BATON_EXT_INTROSPECT)
        table.state(&self.handle, &state)
        self.witness.say(f"state {STATES[state]}")

    def do(self, name):
        self.witness.act(name)
        self.witness.say("done")

    def wait(self, text):
        global wakes
        self.witness.say("woken" if wakes else "not woken")
        wakes = 0

    def drop(self, text):
        self.let_go()
        self.witness.say("dropped")

    cdef item(self, awaitable):
        self.begin(awaitable)
        self.send("none")

    def anext(self, text):
        self.item(self.given.__anext__())

    def asend(self, text):
        self.item(self.given.asend(words.read_value(text)))

    def athrow(self, text):
        self.item(self.given.athrow(words.read_error(text)))

    def aclose(self, text):
        self.item(self.given.aclose())


def drive(held, script, witness):
    """`held` is a list with the object, which is taken out."""
    taken = Drive(held.pop(), witness)
    for step in script.splitlines():
        name, _, rest = step.partition(" ")
        getattr(taken, name)(rest)
