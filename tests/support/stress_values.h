/* SPDX-License-Identifier: MIT */
#ifndef STRESS_VALUES_H
#define STRESS_VALUES_H

#include <baton/runtime.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

/** @file
 * Values that drop themselves, calls that give both results, and counters.
 */

namespace stress {

/** A value with one owner. */
class value {
 public:
  value() : held_(baton_none()) {}
  explicit value(baton_value held) : held_(held) {}
  value(value &&other) noexcept : held_(baton_take(&other.held_)) {}
  value &operator=(value &&other) noexcept {
    if (this != &other) {
      baton_drop(&held_);
      held_ = baton_take(&other.held_);
    }
    return *this;
  }
  value(const value &) = delete;
  value &operator=(const value &) = delete;
  ~value() { baton_drop(&held_); }

  baton_value *get() { return &held_; }
  const baton_value *get() const { return &held_; }
  baton_value take() { return baton_take(&held_); }
  void drop() { baton_drop(&held_); }
  value copy() const {
    baton_value copied;
    baton_copy(&held_, &copied);
    return value(copied);
  }
  bool is_none() const { return baton_is_none(&held_); }
  bool is(const baton_value &other) const {
    return held_.head.tag == other.head.tag &&
           held_.payload.u64 == other.payload.u64;
  }
  /** The number, or -1 if it is none. */
  int64_t number() const {
    return held_.head.tag == BATON_TAG_I64 ? held_.payload.i64 : -1;
  }
  uint32_t kind() const { return baton_error_kind(&held_); }
  std::string message() const {
    baton_text_view text = {nullptr, 0};
    const baton_error_methods *methods =
        baton_is_object(&held_) ? held_.head.type->as_error : nullptr;
    if (!methods || !methods->message) return "";
    if (methods->message(&held_, &text) != BATON_OK) return "";
    return std::string(text.data, static_cast<size_t>(text.size));
  }

 private:
  baton_value held_;
};

/** What a call gave. */
struct outcome {
  int32_t status;
  value out;
};

/** A context that accepts `accepts`, with `waker`. */
inline baton_context context(uint32_t accepts = BATON_ACCEPT_YIELD,
                             const baton_waker *waker = nullptr) {
  baton_context cx;
  std::memset(&cx, 0, sizeof cx);
  cx.struct_size = sizeof cx;
  cx.abi_major = BATON_ABI_MAJOR;
  cx.abi_minor = BATON_ABI_MINOR;
  cx.accepts = accepts;
  cx.waker = waker;
  return cx;
}

constexpr uint32_t accept_all = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;

inline outcome send(const value &self, baton_context cx = context(),
                    baton_value in = baton_none()) {
  outcome result = {0, value()};
  value given(in);
  result.status = baton_send(self.get(), &cx, given.get(), result.out.get());
  return result;
}

inline outcome throw_into(const value &self, baton_value error,
                          baton_context cx = context()) {
  outcome result = {0, value()};
  value given(error);
  result.status = baton_throw(self.get(), &cx, given.get(), result.out.get());
  return result;
}

inline outcome close(const value &self, baton_context cx = context()) {
  outcome result = {0, value()};
  result.status = self.get()->head.type->as_coroutine->close(self.get(), &cx,
                                                             result.out.get());
  return result;
}

inline outcome block_on(const value &self) {
  outcome result = {0, value()};
  result.status = baton_block_on(self.get(), result.out.get());
  return result;
}

/** The state that introspection tells. */
inline uint32_t state_of(const value &self) {
  auto table = static_cast<const baton_introspect *>(
      baton_find(self.get(), BATON_EXT_INTROSPECT));
  uint32_t state = UINT32_MAX;
  if (table) table->state(self.get(), &state);
  return state;
}

/** The frame of type `Frame`. */
template <class Frame>
Frame &frame_of(const value &self) {
  return *static_cast<Frame *>(baton_coro_frame(self.get()));
}

/** A coroutine of `body`; aborts the test run if memory is short. */
inline value coroutine(const baton_body &body) {
  value made;
  if (baton_coro_new(&body, made.get()) != BATON_OK) std::abort();
  return made;
}

/** A body without cleanup. */
template <class Frame>
baton_body body_of(const char *name,
                   int32_t(BATON_CALL *resume)(const baton_value *,
                                               baton_context *, uint32_t,
                                               baton_value *, baton_value *),
                   uint16_t flags = 0, uint8_t kind = BATON_KIND_COROUTINE) {
  baton_body body;
  std::memset(&body, 0, sizeof body);
  body.struct_size = sizeof body;
  body.kind = kind;
  body.flags = flags;
  body.frame_size = sizeof(Frame);
  body.name = name;
  body.resume = resume;
  return body;
}

/** As body_of; `held` is the first of `count` values that the frame holds. */
template <class Frame>
baton_body body_with_values(const char *name,
                            int32_t(BATON_CALL *resume)(const baton_value *,
                                                        baton_context *,
                                                        uint32_t, baton_value *,
                                                        baton_value *),
                            size_t offset, uint32_t count, uint16_t flags = 0,
                            uint8_t kind = BATON_KIND_COROUTINE) {
  baton_body body = body_of<Frame>(name, resume, flags, kind);
  body.value_offset = static_cast<uint32_t>(offset);
  body.value_count = count;
  return body;
}

/** The blocks that the library has in use, against those at the start. */
class balance {
 public:
  balance() : before_(blocks()) {}
  int64_t change() const {
    return static_cast<int64_t>(blocks()) - static_cast<int64_t>(before_);
  }
  static uint64_t blocks() {
    baton_counters counters;
    baton_thread_flush();
    baton_read_counters(&counters);
    return counters.blocks;
  }

 private:
  uint64_t before_;
};

/** Takes the hooks while it lives. */
class hooks {
 public:
  hooks() {
    baton_set_unraisable_hook(
        [](void *arg, const baton_value *error, const baton_value *) {
          hooks *self = static_cast<hooks *>(arg);
          baton_value copied;
          self->unraisable++;
          if (baton_copy(error, &copied) == BATON_OK)
            self->last_error = value(copied);
        },
        this);
    baton_set_unawaited_hook(
        [](void *arg, const baton_value *) {
          static_cast<hooks *>(arg)->unawaited++;
        },
        this);
  }
  hooks(const hooks &) = delete;
  ~hooks() {
    baton_set_unraisable_hook(nullptr, nullptr);
    baton_set_unawaited_hook(nullptr, nullptr);
  }

  uint64_t unraisable = 0;
  uint64_t unawaited = 0;
  value last_error;
};

}  // namespace stress

#endif
