# SPDX-License-Identifier: MIT
# Made by generate.py from baton/runtime.h and baton/inline.h: do not edit.
from libc.stdint cimport int32_t, int64_t
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t, uintptr_t

from baton.contract cimport *

cdef extern from "baton/cython.h" nogil:
    const uint32_t BATON_LIB_VERSION_MAJOR
    const uint32_t BATON_LIB_VERSION_MINOR
    const uint32_t BATON_LIB_VERSION_PATCH
    const uint32_t BATON_BODY_SHARED
    const uint32_t BATON_BODY_AFFINE
    const uint32_t BATON_BODY_HANDLING
    const uint32_t BATON_BODY_PLACE
    const uint32_t BATON_CORO_FRAME_OFFSET
    const uint32_t BATON_GROUP_JOIN
    const uint32_t BATON_GROUP_FIRST_ERROR
    const uint32_t BATON_GROUP_RACE

    ctypedef struct baton_work
    ctypedef struct baton_executor
    ctypedef struct baton_task
    ctypedef struct baton_body
    ctypedef struct baton_allocator
    ctypedef struct baton_counters

    ctypedef void (*baton_done)(void *arg, int32_t status,
            baton_value *result) noexcept nogil
    ctypedef void (*baton_chain_visitor)(void *arg, const baton_value *member,
            baton_text_view name, uint32_t state, uint32_t kind,
            const baton_frame *location) noexcept nogil
    ctypedef void (*baton_violation)(void *arg, const char *sentence) noexcept nogil
    ctypedef void (*baton_unraisable)(void *arg, const baton_value *error,
            const baton_value *where) noexcept nogil
    ctypedef void (*baton_unawaited)(void *arg, const baton_value *self) noexcept nogil

    ctypedef struct baton_body:
        uint32_t struct_size
        uint8_t kind
        uint8_t reserved0
        uint16_t flags
        uint32_t frame_size
        uint32_t value_offset
        uint32_t value_count
        uint32_t line
        const char *name
        const char *qualified_name
        const char *file
        const char *language
        int32_t (*resume)(const baton_value *self, baton_context *cx, uint32_t op,
                baton_value *in_, baton_value *out) noexcept nogil
        void (*drop)(void *frame) noexcept nogil
        int32_t (*traverse)(void *frame, baton_visit visit, void *arg) noexcept nogil
        uint32_t (*line_of)(const void *frame) noexcept nogil

    ctypedef struct baton_work:
        baton_work *next
        void (*run)(baton_work *self) noexcept nogil

    ctypedef struct baton_executor:
        uint32_t struct_size
        uint32_t reserved0
        void (*post)(baton_executor *self, baton_work *work) noexcept nogil

    ctypedef struct baton_allocator:
        void *(*allocate)(void *arg, size_t size) noexcept nogil
        void (*release)(void *arg, void *block, size_t size) noexcept nogil
        void *arg

    ctypedef struct baton_counters:
        uint64_t blocks
        uint64_t leaked

    baton_value baton_none() noexcept nogil
    baton_value baton_scalar_value(uintptr_t tag, uint64_t payload) noexcept nogil
    baton_value baton_from_i64(int64_t number) noexcept nogil
    baton_value baton_from_u64(uint64_t number) noexcept nogil
    baton_value baton_from_f64(double number) noexcept nogil
    baton_value baton_from_bool(int truth) noexcept nogil
    baton_value baton_from_kind(uint32_t kind) noexcept nogil
    baton_value baton_from_object(const baton_type *type, void *object) noexcept nogil
    int baton_is_none(const baton_value *value) noexcept nogil
    int baton_is_object(const baton_value *value) noexcept nogil
    baton_value baton_take(baton_value *source) noexcept nogil
    void baton_drop(baton_value *value) noexcept nogil
    int32_t baton_copy(const baton_value *value, baton_value *copy) noexcept nogil
    int baton_is_refusal(int32_t status) noexcept nogil
    const char *baton_type_name(const baton_value *value) noexcept nogil
    uint32_t baton_error_kind(const baton_value *error) noexcept nogil
    int baton_is_error(const baton_value *value) noexcept nogil
    const void *baton_find(const baton_value *value, const char *id) noexcept nogil
    baton_link *baton_link_of(const baton_value *value) noexcept nogil
    int32_t baton_send(const baton_value *self, baton_context *cx, baton_value *in_,
            baton_value *out) noexcept nogil
    int32_t baton_throw(const baton_value *self, baton_context *cx, baton_value *error,
            baton_value *out) noexcept nogil

    int32_t baton_coro_new(const baton_body *body, baton_value *out) noexcept nogil
    void *baton_coro_frame(const baton_value *self) noexcept nogil
    const baton_body *baton_coro_body(const baton_value *self) noexcept nogil
    baton_value *baton_coro_handling(const baton_value *self) noexcept nogil
    int32_t baton_type_check(const baton_type *type, const char **why) noexcept nogil
    int32_t baton_link_send(const baton_value *self, baton_context *cx,
            baton_value *in_, baton_value *out) noexcept nogil
    int32_t baton_link_throw(const baton_value *self, baton_context *cx,
            baton_value *error, baton_value *out) noexcept nogil
    int32_t baton_link_close(const baton_value *self, baton_context *cx,
            baton_value *out) noexcept nogil
    int32_t baton_await_handle(const baton_value *awaitable, baton_context *cx,
            baton_value *out) noexcept nogil
    int32_t baton_close(const baton_value *self, baton_value *out) noexcept nogil
    int32_t baton_block_on(const baton_value *awaitable,
            baton_value *out) noexcept nogil
    int32_t baton_start(baton_value *awaitable, baton_executor *executor,
            baton_done on_done, void *arg, baton_task **task) noexcept nogil
    int32_t baton_task_cancel(baton_task *task, baton_value *error) noexcept nogil
    void baton_task_release(baton_task *task) noexcept nogil
    int32_t baton_group_new(uint32_t mode, baton_value *children, uint64_t count,
            baton_value *out) noexcept nogil
    int32_t baton_group_child(const baton_value *group, uint64_t index,
            baton_value *out) noexcept nogil
    int32_t baton_group_result(const baton_value *group, uint64_t index,
            baton_value *out) noexcept nogil
    uint64_t baton_group_winner(const baton_value *group) noexcept nogil
    int32_t baton_text_new(const char *data, uint64_t size,
            baton_value *out) noexcept nogil
    int32_t baton_bytes_new(const void *data, uint64_t size,
            baton_value *out) noexcept nogil
    int32_t baton_text_of(const baton_value *value, baton_text_view *out) noexcept nogil
    int32_t baton_bytes_of(const baton_value *value,
            baton_bytes_view *out) noexcept nogil
    uint8_t *baton_bytes_data(const baton_value *value) noexcept nogil
    baton_value baton_error_new(uint32_t kind, const char *format, ...) noexcept nogil
    baton_value baton_error_from_refusal(int32_t status,
            const baton_value *culprit) noexcept nogil
    void baton_error_set_payload(const baton_value *error,
            baton_value *payload) noexcept nogil
    void baton_error_set_cause(const baton_value *error,
            baton_value *cause) noexcept nogil
    void baton_error_set_context(const baton_value *error,
            baton_value *context) noexcept nogil
    const char *baton_kind_name(uint32_t kind) noexcept nogil
    uint64_t baton_error_print(const baton_value *error, char *buffer,
            uint64_t size) noexcept nogil
    int32_t baton_await_chain(const baton_value *handle, baton_chain_visitor visit,
            void *arg) noexcept nogil
    int32_t baton_debug_wrap(baton_value *handle, baton_violation report, void *arg,
            baton_value *out) noexcept nogil
    void baton_set_unraisable_hook(baton_unraisable hook, void *arg) noexcept nogil
    void baton_set_unawaited_hook(baton_unawaited hook, void *arg) noexcept nogil
    int32_t baton_set_allocator(const baton_allocator *allocator) noexcept nogil
    void baton_thread_flush() noexcept nogil
    void baton_read_counters(baton_counters *out) noexcept nogil
    const char *baton_lib_version() noexcept nogil
