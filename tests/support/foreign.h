/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_FOREIGN_H
#define SUPPORT_FOREIGN_H

#include <deque>
#include <functional>
#include <string>

#include "script.h"

/** @file
 * Objects that know the contract's headers only: a coroutine without a link
 * that answers as it is told, rightly or wrongly, and an awaitable.
 */

namespace support {

/** What a callee does with `*in`. */
enum class Argument {
  takes,   /**< moves it out, as it should */
  forgets, /**< leaves it where it is */
};

struct Answer {
  int32_t status;
  Value out;
  Argument argument = Argument::takes;

  Answer(int32_t status_, Value out_ = Value(),
         Argument argument_ = Argument::takes)
      : status(status_), out(std::move(out_)), argument(argument_) {}
};

using Answers = std::deque<Answer>;

/** Its slots answer from three lists. Where a list has ended, send and close
 * RETURN none, and throw fails with what is thrown. */
struct Foreign : Object {
  Answers on_send;
  Answers on_throw;
  Answers on_close;
  std::function<void(baton_context *)> look; /**< called by send, or null */
};

inline Foreign *foreign_of(const baton_value *self) {
  return static_cast<Foreign *>(object_of(self));
}

inline int32_t answer(Answers &answers, baton_value *in, baton_value *out) {
  if (answers.empty()) return BATON_RETURN;
  Answer next = std::move(answers.front());
  answers.pop_front();
  if (in && next.argument == Argument::takes) Value(baton_take(in)).drop();
  *out = next.out.give();
  return next.status;
}

inline int32_t BATON_CALL foreign_send(const baton_value *self,
                                       baton_context *cx, baton_value *in,
                                       baton_value *out) {
  CHECK(baton_is_none(out));
  if (foreign_of(self)->look) foreign_of(self)->look(cx);
  write("foreign.send " + describe(in));
  return answer(foreign_of(self)->on_send, in, out);
}

inline int32_t BATON_CALL foreign_throw(const baton_value *self,
                                        baton_context *, baton_value *error,
                                        baton_value *out) {
  CHECK(baton_is_none(out));
  write("foreign.throw " + describe(error));
  if (!foreign_of(self)->on_throw.empty())
    return answer(foreign_of(self)->on_throw, error, out);
  *out = baton_take(error);
  return BATON_ERROR;
}

inline int32_t BATON_CALL foreign_close(const baton_value *self,
                                        baton_context *, baton_value *out) {
  CHECK(baton_is_none(out));
  write("foreign.close");
  return answer(foreign_of(self)->on_close, nullptr, out);
}

inline int32_t BATON_CALL await_self(const baton_value *self, baton_context *,
                                     baton_value *out) {
  *out = *self;
  return BATON_LENT;
}

inline constexpr baton_async_methods foreign_async = {
    sizeof(baton_async_methods), 0, await_self, nullptr, nullptr};
inline constexpr baton_coroutine_methods foreign_coroutine = {
    sizeof(baton_coroutine_methods), 0, foreign_send, foreign_throw,
    foreign_close};

/** The descriptor, to be copied and spoiled. */
inline baton_type foreign_type() {
  baton_type type = plain_type("foreign");
  type.as_async = &foreign_async;
  type.as_coroutine = &foreign_coroutine;
  return type;
}

/** @param type lives as long as the value. */
inline Value foreign_of_type(const baton_type *type, Answers on_send = {},
                             Answers on_throw = {}, Answers on_close = {}) {
  auto *made = new Foreign;
  made->on_send = std::move(on_send);
  made->on_throw = std::move(on_throw);
  made->on_close = std::move(on_close);
  return Value(baton_from_object(type, made));
}

inline Value foreign(Answers on_send = {}, Answers on_throw = {},
                     Answers on_close = {}) {
  static const baton_type type = foreign_type();
  return foreign_of_type(&type, std::move(on_send), std::move(on_throw),
                         std::move(on_close));
}

/* ---- Awaitables ------------------------------------------------------- */

/** Only has am_await; `give` is called for each. */
struct Awaitable : Object {
  std::function<int32_t(baton_context *cx, baton_value *out)> give;
};

inline int32_t BATON_CALL awaitable_await(const baton_value *self,
                                          baton_context *cx, baton_value *out) {
  CHECK(baton_is_none(out));
  write("am_await");
  return static_cast<Awaitable *>(object_of(self))->give(cx, out);
}

inline Value awaitable(
    std::function<int32_t(baton_context *cx, baton_value *out)> give) {
  static constexpr baton_async_methods methods = {
      sizeof(baton_async_methods), 0, awaitable_await, nullptr, nullptr};
  static const baton_type type = [] {
    baton_type made = plain_type("awaitable");
    made.as_async = &methods;
    return made;
  }();
  auto *made = new Awaitable;
  made->give = std::move(give);
  return Value(baton_from_object(&type, made));
}

/** Gives a counted copy of the handle each time. */
inline Value awaitable_owning(Value handle) {
  return awaitable([handle](baton_context *, baton_value *out) {
    *out = Value(handle).give();
    return BATON_OWNED;
  });
}

/** Keeps the handle, and lends it. */
inline Value awaitable_lending(Value handle) {
  return awaitable([handle](baton_context *, baton_value *out) {
    *out = *handle.get();
    return BATON_LENT;
  });
}

/** Gives a status and a value, whatever they are. */
inline Value awaitable_giving(int32_t status, Value value = Value()) {
  return awaitable([status, value](baton_context *, baton_value *out) {
    *out = Value(value).give();
    return status;
  });
}

}  // namespace support

#endif
