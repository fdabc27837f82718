# SPDX-License-Identifier: MIT
# Made by generate.py from abi/manifest.json: do not edit.
from libc.stdint cimport int32_t, int64_t
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t, uintptr_t

cdef extern from "baton/cython.h" nogil:
    const uint16_t BATON_ABI_MAJOR
    const uint16_t BATON_ABI_MINOR
    const int32_t BATON_RETURN
    const int32_t BATON_YIELD
    const int32_t BATON_AWAIT
    const int32_t BATON_PENDING
    const int32_t BATON_ITEM
    const int32_t BATON_ERROR
    const int32_t BATON_OK
    const int32_t BATON_OWNED
    const int32_t BATON_LENT
    const int32_t BATON_BUSY
    const int32_t BATON_INVALID_STATE
    const int32_t BATON_UNSUPPORTED
    const int32_t BATON_NO_MEMORY
    const int32_t BATON_VERSION_MISMATCH
    const int32_t BATON_WRONG_THREAD
    const int32_t BATON_INVALID_ARGUMENT
    const uint32_t BATON_ATTACHED
    const uint32_t BATON_CREATED
    const uint32_t BATON_RUNNING
    const uint32_t BATON_SUSPENDED
    const uint32_t BATON_CLOSED
    const uint32_t BATON_KIND_COROUTINE
    const uint32_t BATON_KIND_GENERATOR
    const uint32_t BATON_KIND_ASYNC_GENERATOR
    const uint32_t BATON_KIND_AWAITABLE
    const uint32_t BATON_OP_SEND
    const uint32_t BATON_OP_THROW
    const uint32_t BATON_TAG_NONE
    const uint32_t BATON_TAG_BOOL
    const uint32_t BATON_TAG_I64
    const uint32_t BATON_TAG_F64
    const uint32_t BATON_TAG_U64
    const uint32_t BATON_TAG_ERROR_KIND
    const uint32_t BATON_ERROR_OTHER
    const uint32_t BATON_ERROR_RUNTIME
    const uint32_t BATON_ERROR_TYPE
    const uint32_t BATON_ERROR_VALUE
    const uint32_t BATON_ERROR_STOP_ITERATION
    const uint32_t BATON_ERROR_STOP_ASYNC_ITERATION
    const uint32_t BATON_ERROR_TIMEOUT
    const uint32_t BATON_ERROR_NO_MEMORY
    const uint32_t BATON_ERROR_OS
    const uint32_t BATON_ERROR_RECURSION
    const uint32_t BATON_ERROR_KEY
    const uint32_t BATON_ERROR_INDEX
    const uint32_t BATON_ERROR_ARITHMETIC
    const uint32_t BATON_ERROR_ASSERTION
    const uint32_t BATON_ERROR_ATTRIBUTE
    const uint32_t BATON_ERROR_NOT_IMPLEMENTED
    const uint32_t BATON_ERROR_END_OF_FILE
    const uint32_t BATON_ERROR_UNICODE
    const uint32_t BATON_ERROR_GROUP
    const uint32_t BATON_ERROR_BASE_OTHER
    const uint32_t BATON_ERROR_GENERATOR_EXIT
    const uint32_t BATON_ERROR_CANCELLED
    const uint32_t BATON_ERROR_INTERRUPT
    const uint32_t BATON_ERROR_EXIT
    const uint32_t BATON_ERROR_PANIC
    const uint32_t BATON_ERROR_BASE_GROUP
    const uint64_t BATON_ACCEPT_YIELD
    const uint64_t BATON_ACCEPT_PENDING
    const uint64_t BATON_FRAME_STATIC
    const uint64_t BATON_LINK_SHARED
    const uint64_t BATON_LINK_AFFINE
    const uint64_t BATON_LINK_HANDLING
    const uint64_t BATON_LINK_INHERITS
    const uint64_t BATON_LINK_CLOSING
    const uint64_t BATON_LINK_EXITING
    const uint64_t BATON_TYPE_AFFINE
    const uint64_t BATON_TYPE_CRITICAL
    const uint64_t BATON_PROVIDER_MAGIC
    const uint64_t BATON_TYPE_MAGIC
    const uint64_t BATON_ERROR_BASE
    const uint64_t BATON_FRAMES_KEPT
    const int64_t BATON_REFUSAL_MAX
    const int64_t BATON_REFUSAL_MIN
    const uint64_t BATON_TAG_LIMIT
    const char *BATON_EXT_ASYNC_GENERATOR
    const char *BATON_EXT_BYTES
    const char *BATON_EXT_INTROSPECT
    const char *BATON_EXT_MANIFEST
    const char *BATON_EXT_SCALAR
    const char *BATON_EXT_TEXT
    const char *BATON_EXT_WAIT

    ctypedef struct baton_context
    ctypedef struct baton_async_methods
    ctypedef struct baton_coroutine_methods
    ctypedef struct baton_frame
    ctypedef struct baton_error_methods
    ctypedef struct baton_link
    ctypedef struct baton_link_handling
    ctypedef struct baton_link_methods
    ctypedef struct baton_export
    ctypedef struct baton_provider
    ctypedef struct baton_type
    ctypedef struct baton_value
    ctypedef struct baton_text_view
    ctypedef struct baton_bytes_view
    ctypedef struct baton_waker_methods
    ctypedef struct baton_waker
    ctypedef struct baton_async_generator
    ctypedef struct baton_bytes
    ctypedef struct baton_introspect
    ctypedef struct baton_manifest
    ctypedef struct baton_scalar
    ctypedef struct baton_text
    ctypedef struct baton_wait

    ctypedef const baton_provider *(*baton_provider_entry)() noexcept nogil
    ctypedef int32_t (*baton_visit)(const baton_value *held, void *arg) noexcept nogil

    ctypedef struct baton_context:
        uint32_t struct_size
        uint16_t abi_major
        uint16_t abi_minor
        uint32_t accepts
        uint32_t reserved0
        const baton_waker *waker
        const baton_value *handled
        int32_t (*query)(const baton_context *cx, const char *id,
                const void **out) noexcept nogil
        void *driver

    ctypedef struct baton_async_methods:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*am_await)(const baton_value *self, baton_context *cx,
                baton_value *out) noexcept nogil
        int32_t (*am_aiter)(const baton_value *self, baton_context *cx,
                baton_value *out) noexcept nogil
        int32_t (*am_anext)(const baton_value *self, baton_context *cx,
                baton_value *out) noexcept nogil

    ctypedef struct baton_coroutine_methods:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*send)(const baton_value *self, baton_context *cx, baton_value *in_,
                baton_value *out) noexcept nogil
        int32_t (*throw_)(const baton_value *self, baton_context *cx,
                baton_value *error, baton_value *out) noexcept nogil
        int32_t (*close)(const baton_value *self, baton_context *cx,
                baton_value *out) noexcept nogil

    ctypedef struct baton_frame:
        const char *language
        const char *function
        const char *file
        uint32_t line
        uint32_t flags

    ctypedef struct baton_error_methods:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*kind)(const baton_value *self, uint32_t *out) noexcept nogil
        int32_t (*message)(const baton_value *self, baton_text_view *out) noexcept nogil
        int32_t (*payload)(const baton_value *self, baton_value *out) noexcept nogil
        int32_t (*cause)(const baton_value *self, baton_value *out) noexcept nogil
        int32_t (*context)(const baton_value *self, baton_value *out) noexcept nogil
        int32_t (*frames)(const baton_value *self, baton_frame *out, uint32_t capacity,
                uint32_t *kept, uint64_t *elided) noexcept nogil
        int32_t (*add_frame)(const baton_value *self,
                const baton_frame *frame) noexcept nogil

    ctypedef union baton_value_head:
        const baton_type *type
        uintptr_t tag
        uint64_t reserved0

    ctypedef union baton_value_payload:
        void *object
        uint64_t u64
        int64_t i64
        double f64

    ctypedef struct baton_value:
        baton_value_head head
        baton_value_payload payload

    ctypedef struct baton_link:
        baton_link *returns_to
        baton_link *leaf
        baton_value owner
        baton_value handle
        uint8_t state
        uint8_t kind
        uint16_t flags
        uint32_t count

    ctypedef struct baton_link_handling:
        baton_value handled
        baton_link link

    ctypedef struct baton_link_methods:
        uint32_t struct_size
        uint32_t link_offset
        int32_t (*resume)(const baton_value *self, baton_context *cx, uint32_t op,
                baton_value *in_, baton_value *out) noexcept nogil
        int32_t (*ended)(const baton_value *self) noexcept nogil
        int32_t (*where)(const baton_value *self, baton_frame *out) noexcept nogil
        int32_t (*guard)(const baton_value *self) noexcept nogil

    ctypedef struct baton_export:
        uint32_t struct_size
        uint32_t reserved0
        const char *name
        const char *summary
        int32_t (*create)(const baton_export *self, baton_context *cx,
                baton_value *arguments, uint64_t count, baton_value *out) noexcept nogil

    ctypedef struct baton_provider:
        uint32_t struct_size
        uint16_t abi_major
        uint16_t abi_minor
        uint32_t magic
        uint32_t reserved0
        const char *name
        const char *version
        const char *language
        const baton_export * const *exports
        uint64_t export_count
        int32_t (*query)(const baton_provider *self, const char *id,
                const void **out) noexcept nogil
        const void *reserved1

    ctypedef struct baton_type:
        uint32_t struct_size
        uint16_t abi_major
        uint16_t abi_minor
        uint32_t magic
        uint32_t reserved0
        uint64_t flags
        const char *name
        int32_t (*retain)(const baton_value *self) noexcept nogil
        int32_t (*release)(const baton_value *self) noexcept nogil
        const baton_provider *provider
        void *data
        int32_t (*traverse)(const baton_value *self, baton_visit visit,
                void *arg) noexcept nogil
        const baton_async_methods *as_async
        const baton_coroutine_methods *as_coroutine
        const baton_link_methods *as_link
        const baton_error_methods *as_error
        int32_t (*query)(const baton_value *self, const char *id,
                const void **out) noexcept nogil
        const void *reserved1

    ctypedef struct baton_text_view:
        const char *data
        uint64_t size

    ctypedef struct baton_bytes_view:
        const uint8_t *data
        uint64_t size

    ctypedef struct baton_waker_methods:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*clone)(const baton_waker *self,
                const baton_waker **out) noexcept nogil
        int32_t (*wake)(const baton_waker *self) noexcept nogil
        int32_t (*wake_by_ref)(const baton_waker *self) noexcept nogil
        int32_t (*drop)(const baton_waker *self) noexcept nogil

    ctypedef struct baton_waker:
        const baton_waker_methods *methods

    ctypedef struct baton_async_generator:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*asend)(const baton_value *self, baton_context *cx, baton_value *in_,
                baton_value *out) noexcept nogil
        int32_t (*athrow)(const baton_value *self, baton_context *cx,
                baton_value *error, baton_value *out) noexcept nogil
        int32_t (*aclose)(const baton_value *self, baton_context *cx,
                baton_value *out) noexcept nogil

    ctypedef struct baton_bytes:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*view)(const baton_value *self, baton_bytes_view *out) noexcept nogil

    ctypedef struct baton_introspect:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*state)(const baton_value *self, uint32_t *out) noexcept nogil
        int32_t (*kind)(const baton_value *self, uint32_t *out) noexcept nogil
        int32_t (*name)(const baton_value *self, baton_text_view *out) noexcept nogil
        int32_t (*qualified_name)(const baton_value *self,
                baton_text_view *out) noexcept nogil
        int32_t (*location)(const baton_value *self, baton_frame *out) noexcept nogil
        int32_t (*delegated_to)(const baton_value *self,
                baton_value *out) noexcept nogil
        int32_t (*returns_to)(const baton_value *self, baton_value *out) noexcept nogil
        int32_t (*origin)(const baton_value *self, baton_frame *out) noexcept nogil

    ctypedef struct baton_manifest:
        uint32_t struct_size
        uint32_t reserved0
        const uint8_t *data
        uint64_t size

    ctypedef struct baton_scalar:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*get)(const baton_value *self, baton_value *out) noexcept nogil

    ctypedef struct baton_text:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*view)(const baton_value *self, baton_text_view *out) noexcept nogil

    ctypedef struct baton_wait:
        uint32_t struct_size
        uint32_t reserved0
        int32_t (*subscribe)(const baton_value *self,
                const baton_waker *waker) noexcept nogil
        int32_t (*unsubscribe)(const baton_value *self,
                const baton_waker *waker) noexcept nogil
