# SPDX-License-Identifier: MIT
# What `cimport baton` gives: the contract, libbaton, the table of the shared types,
# and what is Cython's own. The comments are in baton/cython.h and what it includes.
from libc.stdint cimport int32_t, uint8_t, uint32_t

from baton.contract cimport *
from baton.python cimport *
from baton.runtime cimport *

cdef extern from "baton/cython.h":
    # The table of the current interpreter.
    const baton_python *baton_table() except NULL

    # @shared before an `async def`, async generator or generator function.
    object shared "baton_cython_shared"(object function)

    # `await delegate(x)` in such a function.
    object delegate "baton_cython_delegate"(object awaitable)

    # A C method as the body of a coroutine.
    ctypedef int32_t (*baton_method)(object self, baton_context *cx, uint32_t op,
            baton_value *in_, baton_value *out) except? -1
    baton_body baton_method_body(const char *name, uint8_t kind) noexcept
    object baton_method_object(const baton_body *body, object self,
            baton_method method)
    object baton_iterator_of(object coroutine)

    # Driving a handle.
    baton_context baton_context_of(uint32_t accepts,
            const baton_waker *waker) noexcept nogil
    object baton_result_of(int32_t status, const baton_value *culprit,
            baton_value *out)
