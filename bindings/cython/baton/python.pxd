# SPDX-License-Identifier: MIT
# baton/python.h: the table that the extensions of an interpreter share.
from cpython.object cimport PyObject, PyTypeObject
from libc.stdint cimport int32_t, uint16_t, uint32_t

from baton.contract cimport baton_context, baton_value
from baton.runtime cimport baton_body

cdef extern from "baton/cython.h":
    const uint32_t BATON_PYTHON_MAGIC

    ctypedef struct baton_python_guard:
        pass

    ctypedef struct baton_python:
        uint32_t struct_size
        uint16_t abi_major
        uint16_t abi_minor
        uint32_t magic
        const char *provider
        PyTypeObject *coroutine
        PyTypeObject *generator
        PyTypeObject *async_generator
        PyObject *panic_exception
        object (*make)(const baton_python *self, const baton_body *body,
                PyObject *const *args, Py_ssize_t count)
        void *(*frame)(object object_) noexcept
        void (*track)(object object_) noexcept
        object (*to_object)(const baton_python *self, baton_value *value)
        baton_value (*from_object)(const baton_python *self, object object_) noexcept
        baton_value (*yielded)(const baton_python *self, const baton_context *cx,
                PyObject *object_) noexcept
        void (*raise_ "raise")(const baton_python *self, baton_value *error) noexcept
        void (*raise_refusal)(const baton_python *self, int32_t status,
                const baton_value *culprit) noexcept
        baton_value (*caught)(const baton_python *self) noexcept
        int32_t (*fail)(const baton_python *self, baton_value *out) noexcept
        int (*enter)(const baton_python *self, const baton_context *cx,
                baton_python_guard *guard) noexcept nogil
        void (*leave)(baton_python_guard *guard) noexcept nogil
        object (*coroutine_function)(const baton_python *self, object callable_)
        object (*async_generator_function)(const baton_python *self,
                object callable_)
