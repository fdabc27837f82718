/* SPDX-License-Identifier: MIT */
#ifndef KIT_SUBJECT_H
#define KIT_SUBJECT_H

#include <functional>
#include <optional>
#include <string>

#include "../base/pretence.h"
#include "value.h"
#include "waker.h"

/** @file
 * The kit as a driver: an object of the target, and calls of its slots.
 *
 * Every call goes through libffi by the signature that the manifest tells,
 * gets a context of its own in memory that is poisoned afterwards (CTX-2), and
 * is checked for what holds always, the universal rules:
 *
 *   COR-1  the status is one that this slot may give to this context (CTX-3)
 *   OWN-2  `in` is none or bit for bit what it was
 *   OWN-4  a refusal leaves `in` as it was and none in `out`
 *   VAL-3  bools and u64 in `out`
 *   OWN-3  nothing beside `in` and `out` is written
 *   TYP-1  what comes in `out` has a descriptor that can be used (TYP-5: and
 *          the mandatory slots); the check ends if not
 *   ERR-8  no exception leaves
 */

namespace kit {

class Bench;

/** What a call gave. `in` is what was left there. */
struct Step {
  int32_t status = 0;
  Value out;
  Value in;
  std::string text() const; /**< "YIELD i64 5" */
};

/** How the kit calls: what it claims to be and to accept. */
struct Manner {
  uint32_t accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
  const baton_waker *waker = nullptr; /**< null: the bench's own bell */
  const baton_value *handled = nullptr;
  uint16_t abi_minor = pretence().minor;
  uint32_t context_size = pretended_size(sizeof(baton_context));
  int32_t(BATON_CALL *query)(const baton_context *, const char *,
                             const void **) = nullptr;
};

/** An object of the target that can be driven. Owns one reference. */
class Subject {
 public:
  Subject(Bench &bench, Value value)
      : bench_(&bench), value_(std::move(value)) {}

  Step send(Value in = Value(), const Manner &manner = {});
  Step throw_(Value error, const Manner &manner = {});
  Step close(const Manner &manner = {});

  /** am_await: the handle to drive. @return OWNED or LENT, or the failure;
   * the object it is taken from must live on if it is LENT. */
  Step await(const Manner &manner = {});
  Step aiter(const Manner &manner = {});
  Step anext(const Manner &manner = {});

  /** Of introspect/1; nothing if the type does not have it. */
  std::optional<uint32_t> state() const;
  std::optional<uint32_t> kind() const;

  /** Finds an extension by query; null if the type does not have it. */
  const void *extension(const char *id) const;

  /** Sends none until it ends, at most `limit` times; waits for wakes.
   * @return the last step. */
  Step drain(int limit = 1000);

  void release() { value_.drop(); }
  Value give() { return std::move(value_); }
  const Value &value() const { return value_; }
  Bench &bench() const { return *bench_; }

 private:
  const baton_coroutine_methods *slots() const;
  Step drive(const char *slot, void *function, Value *in, const Manner &manner);
  Step async(const char *slot, void *function, const Manner &manner);

  Bench *bench_;
  Value value_;
};

}  // namespace kit

#endif
