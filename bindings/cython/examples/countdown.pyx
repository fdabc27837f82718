# SPDX-License-Identifier: MIT
from baton cimport *
from libc.stdint cimport int32_t, uint32_t

cdef baton_body body = baton_method_body("countdown", BATON_KIND_COROUTINE)


# [class]
cdef class Countdown:
    """Yields None `count` times, then returns how often it was resumed."""
    cdef uint32_t count, resumed

    def __init__(self, uint32_t count):
        self.count = count

    # One step. A send: `in_` is what was sent. A throw or close: the error.
    cdef int32_t resume(self, baton_context *cx, uint32_t op, baton_value *in_,
                        baton_value *out) except? -1 nogil:
        if op == BATON_OP_THROW:
            out[0] = baton_take(in_)
            return BATON_ERROR
        if self.resumed < self.count:
            self.resumed += 1
            return BATON_YIELD
        if self.count == 13:
            with gil:
                raise ValueError("13 is too many")
        out[0] = baton_from_i64(self.resumed)
        return BATON_RETURN

    def __await__(self):
        return baton_iterator_of(self.start())

    def start(self):
        """A new object of the shared type `coroutine`."""
        return baton_method_object(&body, self, <baton_method>self.resume)
# [/class]


cdef class Doubled(Countdown):
    """C methods are virtual."""

    cdef int32_t resume(self, baton_context *cx, uint32_t op, baton_value *in_,
                        baton_value *out) except? -1 nogil:
        cdef int32_t status = Countdown.resume(self, cx, op, in_, out)
        if status == BATON_RETURN:
            out[0] = baton_from_i64(2 * out.payload.i64)
        return status
