# SPDX-License-Identifier: MIT
"""The bodies of ../python, compiled, and what only C has: a wait of its own."""
from baton cimport *
from libc.stdint cimport int32_t, uint32_t

include "bodies.pxi"

cdef const baton_python *py = baton_table()
cdef baton_body sleep_body = baton_method_body("sleep", BATON_KIND_COROUTINE)
cdef const baton_waker *sleeper = NULL
cdef bint is_open = False


cdef int32_t keep(const baton_waker *waker):
    """Keeps a clone of a waker, or none, in place of the one before."""
    global sleeper
    cdef const baton_waker *old = sleeper
    cdef const baton_waker *clone = NULL
    cdef int32_t status = BATON_OK
    if waker != NULL:
        status = waker.methods.clone(waker, &clone)
    sleeper = clone
    if old != NULL:
        old.methods.drop(old)
    return status


cdef class Sleep:
    cdef object witness

    def __init__(self, witness):
        self.witness = witness

    cdef int32_t resume(self, baton_context *cx, uint32_t op, baton_value *in_,
                        baton_value *out) except? -1:
        if op == BATON_OP_SEND:
            if keep(cx.waker) != BATON_OK:
                raise MemoryError
            if not is_open:
                return BATON_PENDING
        self.witness.say("cleanup")
        if op == BATON_OP_THROW:
            out[0] = baton_take(in_)
            return BATON_ERROR
        out[0] = py.from_object(py, "awake")
        return BATON_RETURN


def sleep(witness):
    made = Sleep(witness)
    return baton_method_object(&sleep_body, made, <baton_method>(<Sleep>made).resume)


def ring(int what):
    """Wakes what sleeps: 0 wakes, 1 opens and wakes, 2 shuts and lets go."""
    global is_open
    is_open = what == 1
    if what == 2:
        keep(NULL)
    elif sleeper != NULL:
        sleeper.methods.wake_by_ref(sleeper)
