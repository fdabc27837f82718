# SPDX-License-Identifier: MIT
from baton cimport *
from libc.stdint cimport int32_t, uint32_t

cdef const baton_python *py = baton_table()


# [drive]
def run(awaitable):
    """Drives an awaitable of any language that yields None only."""
    cdef baton_context cx = baton_context_of(BATON_ACCEPT_YIELD, NULL)
    cdef baton_value given = py.from_object(py, awaitable)
    cdef baton_value handle = baton_none(), in_ = baton_none(), out = baton_none()
    cdef int32_t status
    try:
        status = baton_await_handle(&given, &cx, &handle)
        if status != BATON_OK:
            return baton_result_of(status, &given, &handle)
        status = baton_send(&handle, &cx, &in_, &out)
        while status == BATON_YIELD:
            if not baton_is_none(&out):
                in_ = baton_error_new(BATON_ERROR_RUNTIME, "no running event loop")
                baton_drop(&out)
                status = baton_throw(&handle, &cx, &in_, &out)
            else:
                status = baton_send(&handle, &cx, &in_, &out)
            baton_drop(&in_)
        return baton_result_of(status, &handle, &out)
    finally:
        baton_drop(&handle)  # closes what has not ended
        baton_drop(&given)
# [/drive]


# [body]
cdef struct sum_frame:
    uint32_t next
    uint32_t end
    uint32_t total


cdef int32_t sum_resume(const baton_value *self, baton_context *cx, uint32_t op,
                        baton_value *in_, baton_value *out) noexcept nogil:
    cdef sum_frame *frame = <sum_frame *>baton_coro_frame(self)
    if op == BATON_OP_THROW:
        out[0] = baton_take(in_)
        return BATON_ERROR
    while frame.next < frame.end:
        frame.total += frame.next
        frame.next += 1
        if frame.next % 1000 == 0:
            return BATON_YIELD
    out[0] = baton_from_u64(frame.total)
    return BATON_RETURN


cdef baton_body sum_body
sum_body.struct_size = sizeof(baton_body)
sum_body.kind = BATON_KIND_COROUTINE
sum_body.frame_size = sizeof(sum_frame)
sum_body.name = "sum"
sum_body.language = "cython"
sum_body.resume = sum_resume


def sum_below(uint32_t end):
    """A coroutine that Python may await."""
    made = py.make(py, &sum_body, NULL, 0)
    (<sum_frame *>py.frame(made)).end = end
    return made


def block_on_sum(uint32_t end):
    """The same body without Python: neither an object nor the GIL."""
    cdef baton_value handle = baton_none(), out = baton_none()
    cdef int32_t status
    with nogil:
        status = baton_coro_new(&sum_body, &handle)
        if status == BATON_OK:
            (<sum_frame *>baton_coro_frame(&handle)).end = end
            status = baton_block_on(&handle, &out)
        baton_drop(&handle)
    return baton_result_of(status, &handle, &out)
# [/body]
