/* SPDX-License-Identifier: MIT */
#ifndef FAKE_H
#define FAKE_H

#include <baton/baton.h>
#include <baton/inline.h>
#include <play/ledger.h>

#include <cstring>
#include <functional>
#include <set>
#include <string>

/** @file
 * An object of a target that answers as the test tells it, rules or no rules.
 */

namespace fake {

/** What a slot got. */
struct Call {
  std::string slot;
  baton_context *cx;
  baton_value *in, *out;
};

struct Object {
  std::function<int32_t(Object &, Call &)> answer;
  uint32_t state = BATON_CREATED;
  uint32_t kind = BATON_KIND_COROUTINE;
  int references = 1;
  bool tells = true; /**< whether it has introspect/1 */
  int32_t retained = BATON_OK, dropped = BATON_OK; /**< what these return */
  const void *further = nullptr; /**< the table of "org.example.further/1" */
};

inline Object &of(const baton_value *self) {
  return *static_cast<Object *>(self->payload.object);
}

inline int32_t run(const baton_value *self, const char *slot, baton_context *cx,
                   baton_value *in, baton_value *out) {
  Call call{slot, cx, in, out};
  Object &object = of(self);
  return object.answer(object, call);
}

struct Slots {
  static int32_t BATON_CALL retain(const baton_value *self) {
    if (of(self).retained == BATON_OK) of(self).references++;
    return of(self).retained;
  }
  static int32_t BATON_CALL release(const baton_value *self) {
    of(self).references--;
    return of(self).dropped;
  }
  static int32_t BATON_CALL send(const baton_value *self, baton_context *cx,
                                 baton_value *in, baton_value *out) {
    return run(self, "send", cx, in, out);
  }
  static int32_t BATON_CALL throw_(const baton_value *self, baton_context *cx,
                                   baton_value *error, baton_value *out) {
    return run(self, "throw", cx, error, out);
  }
  static int32_t BATON_CALL close(const baton_value *self, baton_context *cx,
                                  baton_value *out) {
    return run(self, "close", cx, nullptr, out);
  }
  static int32_t BATON_CALL am_await(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
    return run(self, "am_await", cx, nullptr, out);
  }
  static int32_t BATON_CALL am_aiter(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
    return run(self, "am_aiter", cx, nullptr, out);
  }
  static int32_t BATON_CALL am_anext(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
    return run(self, "am_anext", cx, nullptr, out);
  }
  static int32_t BATON_CALL asend(const baton_value *self, baton_context *cx,
                                  baton_value *in, baton_value *out) {
    return run(self, "asend", cx, in, out);
  }
  static int32_t BATON_CALL aclose(const baton_value *self, baton_context *cx,
                                   baton_value *out) {
    return run(self, "aclose", cx, nullptr, out);
  }
  static int32_t BATON_CALL state(const baton_value *self, uint32_t *out) {
    *out = of(self).state;
    return BATON_OK;
  }
  static int32_t BATON_CALL kind(const baton_value *self, uint32_t *out) {
    *out = of(self).kind;
    return BATON_OK;
  }
  static int32_t BATON_CALL name(const baton_value *, baton_text_view *out) {
    *out = {"fake", 4};
    return BATON_OK;
  }
  static int32_t BATON_CALL delegated(const baton_value *self,
                                      baton_value *out) {
    return run(self, "delegated_to", nullptr, nullptr, out);
  }
  static int32_t BATON_CALL query(const baton_value *self, const char *id,
                                  const void **out);
};

inline int32_t BATON_CALL Slots::query(const baton_value *self, const char *id,
                                       const void **out) {
  static const baton_introspect introspect = {
      sizeof introspect, 0,       state,     kind,    name,
      nullptr,           nullptr, delegated, nullptr, nullptr};
  static const baton_async_generator generator = {sizeof generator, 0, asend,
                                                  asend, aclose};
  *out = nullptr;
  if (!std::strcmp(id, BATON_EXT_INTROSPECT) && of(self).tells) {
    *out = &introspect;
  } else if (!std::strcmp(id, BATON_EXT_ASYNC_GENERATOR)) {
    *out = &generator;
  } else if (!std::strcmp(id, "org.example.further/1")) {
    *out = of(self).further;
  }
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

inline const baton_type *type() {
  static const baton_coroutine_methods coroutine = {
      sizeof coroutine, 0, Slots::send, Slots::throw_, Slots::close};
  static const baton_async_methods async = {sizeof async, 0, Slots::am_await,
                                            Slots::am_aiter, Slots::am_anext};
  static const baton_type made = [] {
    baton_type start{};
    start.struct_size = sizeof start;
    start.abi_major = BATON_ABI_MAJOR;
    start.abi_minor = BATON_ABI_MINOR;
    start.magic = BATON_TYPE_MAGIC;
    start.name = "fake";
    start.retain = Slots::retain;
    start.release = Slots::release;
    start.as_async = &async;
    start.as_coroutine = &coroutine;
    start.query = Slots::query;
    return start;
  }();
  return &made;
}

inline baton_value value(Object &object) {
  return baton_from_object(type(), &object);
}

/** A coroutine that yields none once and returns what it is sent then; it
 * keeps every rule. */
inline int32_t behave(Object &object, Call &call) {
  if (call.slot == "am_await") {
    *call.out = value(object);
    return BATON_LENT;
  }
  const uint32_t before = object.state;
  if (call.slot == "close") {
    object.state = BATON_CLOSED;
    return BATON_RETURN;
  }
  if (before == BATON_CLOSED) return BATON_INVALID_STATE;
  if (call.slot == "throw") {
    object.state = BATON_CLOSED;
    *call.out = baton_take(call.in);
    return BATON_ERROR;
  }
  if (before == BATON_CREATED && !baton_is_none(call.in)) {
    *call.out = baton_from_kind(BATON_ERROR_TYPE);
    return BATON_ERROR;
  }
  object.state = before == BATON_CREATED ? BATON_SUSPENDED : BATON_CLOSED;
  *call.out = baton_take(call.in);
  return before == BATON_CREATED ? BATON_YIELD : BATON_RETURN;
}

/** The requirements that were noted. */
inline std::set<std::string> rules(const kit::Ledger &ledger) {
  std::set<std::string> found;
  for (const kit::Broken &broken : ledger.broken()) {
    found.insert(broken.requirement);
  }
  return found;
}

}  // namespace fake

#endif
