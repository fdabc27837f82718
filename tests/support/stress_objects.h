/* SPDX-License-Identifier: MIT */
#ifndef STRESS_OBJECTS_H
#define STRESS_OBJECTS_H

#include <atomic>
#include <cstdint>
#include <functional>

#include "stress_values.h"
#include "stress_wakers.h"

/** @file
 * Objects that are made by hand, without the library: a coroutine whose slots
 * are what a test says, a token with and without wait/1, a counted thing.
 */

namespace stress {

/** How many objects of this file live. */
inline std::atomic<int64_t> &live_objects() {
  static std::atomic<int64_t> live{0};
  return live;
}

namespace detail {

template <class Object>
Object *object_of(const baton_value *self) {
  return static_cast<Object *>(self->payload.object);
}

template <class Object>
int32_t BATON_CALL retain(const baton_value *self) {
  object_of<Object>(self)->count++;
  return BATON_OK;
}

template <class Object>
int32_t BATON_CALL release(const baton_value *self) {
  Object *object = object_of<Object>(self);
  if (--object->count == 0) delete object;
  return BATON_OK;
}

template <class Object>
baton_type type_of(const char *name) {
  baton_type type;
  std::memset(&type, 0, sizeof type);
  type.struct_size = sizeof type;
  type.abi_major = BATON_ABI_MAJOR;
  type.abi_minor = BATON_ABI_MINOR;
  type.magic = BATON_TYPE_MAGIC;
  type.name = name;
  type.retain = retain<Object>;
  type.release = release<Object>;
  return type;
}

}  // namespace detail

/** What every object here starts with. */
struct counted {
  counted() { live_objects()++; }
  counted(const counted &) = delete;
  ~counted() { live_objects()--; }
  std::atomic<uint32_t> count{1};
};

/** An object that can do nothing. */
struct thing : counted {
  static value make() {
    static const baton_type type = detail::type_of<thing>("thing");
    return value(baton_from_object(&type, new thing));
  }
};

/** A coroutine without a link. Null calls: send and throw_ refuse
 * UNSUPPORTED, close returns. */
struct script : counted {
  using call =
      std::function<int32_t(baton_context *, baton_value *, baton_value *)>;

  static value make(
      call send, call throw_ = nullptr,
      std::function<int32_t(baton_context *, baton_value *)> close = nullptr) {
    static const baton_type type = make_type();
    script *made = new script;
    made->on_send = std::move(send);
    made->on_throw = std::move(throw_);
    made->on_close = std::move(close);
    return value(baton_from_object(&type, made));
  }

  static script &of(const value &self) {
    return *detail::object_of<script>(self.get());
  }

  call on_send;
  call on_throw;
  std::function<int32_t(baton_context *, baton_value *)> on_close;
  uint32_t state = BATON_CREATED; /**< what introspection tells */
  uint64_t sends = 0;
  uint64_t throws = 0;
  uint64_t closes = 0;

 private:
  static script *here(const baton_value *self) {
    return detail::object_of<script>(self);
  }
  static int32_t BATON_CALL do_await(const baton_value *self, baton_context *,
                                     baton_value *out) {
    *out = *self;
    return BATON_LENT;
  }
  static int32_t BATON_CALL do_send(const baton_value *self, baton_context *cx,
                                    baton_value *in, baton_value *out) {
    here(self)->sends++;
    return here(self)->on_send ? here(self)->on_send(cx, in, out)
                               : BATON_UNSUPPORTED;
  }
  static int32_t BATON_CALL do_throw(const baton_value *self, baton_context *cx,
                                     baton_value *error, baton_value *out) {
    here(self)->throws++;
    return here(self)->on_throw ? here(self)->on_throw(cx, error, out)
                                : BATON_UNSUPPORTED;
  }
  static int32_t BATON_CALL do_close(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
    here(self)->closes++;
    return here(self)->on_close ? here(self)->on_close(cx, out) : BATON_RETURN;
  }
  static int32_t BATON_CALL tell_state(const baton_value *self, uint32_t *out) {
    *out = here(self)->state;
    return BATON_OK;
  }
  static int32_t BATON_CALL tell_kind(const baton_value *, uint32_t *out) {
    *out = BATON_KIND_COROUTINE;
    return BATON_OK;
  }
  static int32_t BATON_CALL tell_name(const baton_value *,
                                      baton_text_view *out) {
    *out = {"script", 6};
    return BATON_OK;
  }
  static int32_t BATON_CALL query(const baton_value *, const char *id,
                                  const void **out) {
    static const baton_introspect table = {sizeof(baton_introspect),
                                           0,
                                           tell_state,
                                           tell_kind,
                                           tell_name,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           nullptr};
    bool known = std::strcmp(id, BATON_EXT_INTROSPECT) == 0;
    *out = known ? &table : nullptr;
    return known ? BATON_OK : BATON_UNSUPPORTED;
  }
  static baton_type make_type() {
    static const baton_async_methods async_methods = {
        sizeof(baton_async_methods), 0, do_await, nullptr, nullptr};
    static const baton_coroutine_methods methods = {
        sizeof(baton_coroutine_methods), 0, do_send, do_throw, do_close};
    baton_type type = detail::type_of<script>("script");
    type.as_async = &async_methods;
    type.as_coroutine = &methods;
    type.query = query;
    return type;
  }
};

/** A yielded value that drivers may wait for by themselves. */
struct token : counted {
  ~token() { forget(); }

  static value make() {
    static const baton_type type = make_type();
    return value(baton_from_object(&type, new token));
  }

  static token &of(const value &self) {
    return *detail::object_of<token>(self.get());
  }

  /** Wakes whoever has subscribed, now or later. */
  void make_ready() {
    ready = true;
    const baton_waker *waker = take();
    if (waker) stress::wake(waker);
  }

  bool is_subscribed() const { return waker_ != nullptr; }

  bool ready = false;
  int32_t refusal = BATON_OK; /**< what subscribe answers */
  uint64_t subscribed = 0;
  uint64_t unsubscribed = 0;

 private:
  const baton_waker *take() {
    const baton_waker *waker = waker_;
    waker_ = nullptr;
    return waker;
  }
  void forget() {
    const baton_waker *waker = take();
    if (waker) waker->methods->drop(waker);
  }
  static int32_t BATON_CALL subscribe(const baton_value *self,
                                      const baton_waker *waker) {
    token *own = detail::object_of<token>(self);
    if (own->refusal != BATON_OK) return own->refusal;
    own->subscribed++;
    own->forget();
    own->from_ = waker;
    if (own->ready)
      wake_by_ref(waker);
    else
      own->waker_ = clone(waker);
    return BATON_OK;
  }
  static int32_t BATON_CALL unsubscribe(const baton_value *self,
                                        const baton_waker *waker) {
    token *own = detail::object_of<token>(self);
    own->unsubscribed++;
    if (own->from_ == waker) own->forget();
    return BATON_OK;
  }
  static int32_t BATON_CALL query(const baton_value *, const char *id,
                                  const void **out) {
    static const baton_wait table = {sizeof(baton_wait), 0, subscribe,
                                     unsubscribe};
    bool known = std::strcmp(id, BATON_EXT_WAIT) == 0;
    *out = known ? &table : nullptr;
    return known ? BATON_OK : BATON_UNSUPPORTED;
  }
  static baton_type make_type() {
    baton_type type = detail::type_of<token>("token");
    type.query = query;
    return type;
  }

  const baton_waker *waker_ = nullptr;
  const baton_waker *from_ = nullptr;
};

}  // namespace stress

#endif
