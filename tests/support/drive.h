/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_DRIVE_H
#define SUPPORT_DRIVE_H

#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <ostream>
#include <string>

#include "value.h"

/** @file
 * A driver for tests: contexts, and calls whose outcome reads as text, such
 * as "YIELD 3", "ERROR runtime-error: coroutine raised StopIteration", "BUSY".
 */

namespace support {

/* ---- Contexts --------------------------------------------------------- */

/** A waker that counts, and is its own clone. */
struct CountingWaker : baton_waker {
  std::atomic<int> clones{0};
  std::atomic<int> wakes{0};

  CountingWaker() : baton_waker{nullptr} {
    static const baton_waker_methods table = {
        sizeof table, 0, clone, wake_and_drop, wake_by_ref, drop_clone};
    methods = &table;
  }

 private:
  static CountingWaker *of(const baton_waker *self) {
    return static_cast<CountingWaker *>(const_cast<baton_waker *>(self));
  }
  static int32_t BATON_CALL clone(const baton_waker *self,
                                  const baton_waker **out) {
    of(self)->clones++;
    *out = self;
    return BATON_OK;
  }
  static int32_t BATON_CALL wake_by_ref(const baton_waker *self) {
    of(self)->wakes++;
    return BATON_OK;
  }
  static int32_t BATON_CALL drop_clone(const baton_waker *self) {
    of(self)->clones--;
    return BATON_OK;
  }
  static int32_t BATON_CALL wake_and_drop(const baton_waker *self) {
    wake_by_ref(self);
    return drop_clone(self);
  }
};

constexpr uint32_t accept_all = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;

/** A context of this version that accepts what it is told to. */
struct Context : baton_context {
  CountingWaker counter;

  explicit Context(uint32_t accepted = accept_all) : baton_context{} {
    struct_size = sizeof(baton_context);
    abi_major = BATON_ABI_MAJOR;
    abi_minor = BATON_ABI_MINOR;
    accepts = accepted;
    if (accepted & BATON_ACCEPT_PENDING) waker = &counter;
  }
  Context(const Context &) = delete;
  Context &operator=(const Context &) = delete;
  /** The next use of a context that was kept is seen at once. */
  ~Context() { std::memset(static_cast<baton_context *>(this), 0xa5, 16); }
};

/* ---- Outcomes --------------------------------------------------------- */

inline std::string status_name(int32_t status) {
  switch (status) {
    case BATON_RETURN:
      return "RETURN";
    case BATON_YIELD:
      return "YIELD";
    case BATON_AWAIT:
      return "AWAIT";
    case BATON_PENDING:
      return "PENDING";
    case BATON_ITEM:
      return "ITEM";
    case BATON_ERROR:
      return "ERROR";
    case BATON_BUSY:
      return "BUSY";
    case BATON_INVALID_STATE:
      return "INVALID_STATE";
    case BATON_UNSUPPORTED:
      return "UNSUPPORTED";
    case BATON_NO_MEMORY:
      return "NO_MEMORY";
    case BATON_VERSION_MISMATCH:
      return "VERSION_MISMATCH";
    case BATON_WRONG_THREAD:
      return "WRONG_THREAD";
    case BATON_INVALID_ARGUMENT:
      return "INVALID_ARGUMENT";
    default:
      return "status " + std::to_string(status);
  }
}

/** What a call gave: its status, `*out`, and what it left in `*in`. */
struct Outcome {
  int32_t status = 0;
  Value out;
  Value in;

  std::string text() const {
    std::string told = status_name(status);
    if (baton_is_refusal(status) || status == BATON_PENDING)
      return out.none() ? told : told + " with " + describe(out);
    return told + " " + describe(out);
  }
};

inline bool operator==(const Outcome &outcome, const std::string &told) {
  return outcome.text() == told;
}

inline std::ostream &operator<<(std::ostream &stream, const Outcome &outcome) {
  return stream << outcome.text();
}

/** Checks what holds for the outcome of every call of the chain level. */
inline Outcome checked(Outcome outcome, const Value &given) {
  CHECK(outcome.status != BATON_AWAIT);
  CHECK(outcome.status != BATON_ITEM);
  if (baton_is_refusal(outcome.status)) {
    CHECK(outcome.out.none());
    CHECK(outcome.in.is(given));
  }
  if (outcome.status == BATON_ERROR) CHECK(baton_is_error(outcome.out.get()));
  return outcome;
}

inline Outcome send(const Value &self, Value in, baton_context *cx) {
  Outcome outcome;
  Value given = in;
  outcome.in = std::move(in);
  outcome.status =
      baton_send(self.get(), cx, outcome.in.get(), outcome.out.get());
  return checked(std::move(outcome), given);
}

inline Outcome send(const Value &self, Value in = Value()) {
  Context cx;
  return send(self, std::move(in), &cx);
}

inline Outcome throw_in(const Value &self, Value error, baton_context *cx) {
  Outcome outcome;
  Value given = error;
  outcome.in = std::move(error);
  outcome.status =
      baton_throw(self.get(), cx, outcome.in.get(), outcome.out.get());
  return checked(std::move(outcome), given);
}

inline Outcome throw_in(const Value &self, Value error) {
  Context cx;
  return throw_in(self, std::move(error), &cx);
}

inline Outcome close(const Value &self, baton_context *cx) {
  Outcome outcome;
  outcome.status = self.get()->head.type->as_coroutine->close(
      self.get(), cx, outcome.out.get());
  return checked(std::move(outcome), Value());
}

/** As a synchronous caller closes, unless it is told what to accept. */
inline Outcome close(const Value &self, uint32_t accepts = 0) {
  Context cx(accepts);
  return close(self, &cx);
}

/* ---- States ----------------------------------------------------------- */

inline const baton_introspect *introspect(const Value &value) {
  return static_cast<const baton_introspect *>(
      baton_find(value.get(), BATON_EXT_INTROSPECT));
}

inline std::string state_of(const baton_value *value) {
  static const char *const names[] = {"CREATED", "RUNNING", "SUSPENDED",
                                      "CLOSED"};
  uint32_t state = UINT32_MAX;
  const auto *table = static_cast<const baton_introspect *>(
      baton_find(value, BATON_EXT_INTROSPECT));
  if (table) table->state(value, &state);
  return state < 4 ? names[state] : "no state";
}

inline std::string state(const Value &value) { return state_of(value.get()); }

}  // namespace support

#endif
