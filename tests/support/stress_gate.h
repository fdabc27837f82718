/* SPDX-License-Identifier: MIT */
#ifndef STRESS_GATE_H
#define STRESS_GATE_H

#include <atomic>
#include <cstdint>
#include <mutex>

#include "stress_values.h"
#include "stress_wakers.h"

/** @file
 * A coroutine that is PENDING until somebody opens its gate.
 */

namespace stress {

/** What a gate's coroutine does with an error that is thrown in. */
enum class answer {
  raise,    /**< ends with it */
  finish,   /**< returns 7 all the same */
  clean_up, /**< waits for the gate, then ends with it */
  swallow,  /**< goes on waiting as if nothing had come */
  fail      /**< ends with a value error, "cleanup failed" */
};

/** Outlives its coroutine. */
class gate {
 public:
  explicit gate(answer to_error = answer::raise) : to_error_(to_error) {}
  gate(const gate &) = delete;
  ~gate() { forget(); }

  /** Lets the coroutine return `result`, and wakes it. Any thread. */
  void open(int64_t result) {
    result_.store(result);
    open_.store(true);
    wake_now();
  }

  /** Wakes it without reason. */
  void wake_now() {
    const baton_waker *waker = take_waker();
    if (waker) stress::wake(waker);
  }

  const baton_waker *take_waker() {
    std::lock_guard<std::mutex> hold(lock_);
    const baton_waker *waker = waker_;
    waker_ = nullptr;
    return waker;
  }

  /** Makes the coroutine that waits for this gate. */
  value coroutine(uint16_t flags = 0) {
    static const baton_body plain = body_of<gate *>("gate", resume);
    static const baton_body shared =
        body_of<gate *>("gate", resume, BATON_BODY_SHARED);
    static const baton_body affine =
        body_of<gate *>("gate", resume, BATON_BODY_AFFINE);
    value made = stress::coroutine(flags == BATON_BODY_SHARED   ? shared
                                   : flags == BATON_BODY_AFFINE ? affine
                                                                : plain);
    frame_of<gate *>(made) = this;
    return made;
  }

  std::atomic<uint64_t> polls{0};  /**< resumes by send */
  std::atomic<uint64_t> throws{0}; /**< resumes by throw */
  std::atomic<uint64_t> exits{0};  /**< those of generator-exit */
  std::atomic<uint64_t> ends{0};
  std::atomic<uint64_t> synchronous{0}; /**< resumes from inside a wake */

 private:
  static int32_t BATON_CALL resume(const baton_value *self, baton_context *cx,
                                   uint32_t op, baton_value *in,
                                   baton_value *out) {
    gate *own = *static_cast<gate **>(baton_coro_frame(self));
    if (inside_wake()) own->synchronous++;
    if (op == BATON_OP_SEND) own->polls++;
    int32_t status =
        op == BATON_OP_SEND ? own->poll(cx, out) : own->thrown(cx, in, out);
    if (status != BATON_PENDING) {
      own->ends++;
      own->forget();
    }
    return status;
  }

  int32_t poll(baton_context *cx, baton_value *out) {
    if (!open_.load()) {
      keep(cx->waker);
      if (!open_.load()) return BATON_PENDING;
    }
    if (baton_is_none(&error_)) {
      *out = baton_from_i64(result_.load());
      return BATON_RETURN;
    }
    *out = baton_take(&error_);
    return BATON_ERROR;
  }

  int32_t thrown(baton_context *cx, baton_value *in, baton_value *out) {
    throws++;
    if (baton_error_kind(in) == BATON_ERROR_GENERATOR_EXIT) exits++;
    switch (to_error_) {
      case answer::raise:
        *out = baton_take(in);
        return BATON_ERROR;
      case answer::finish:
        *out = baton_from_i64(7);
        return BATON_RETURN;
      case answer::fail:
        *out = baton_error_new(BATON_ERROR_VALUE, "cleanup failed");
        return BATON_ERROR;
      case answer::clean_up:
        baton_drop(&error_);
        error_ = baton_take(in);
        break;
      case answer::swallow:
        break;
    }
    return poll(cx, out);
  }

  void keep(const baton_waker *waker) {
    const baton_waker *copy = waker ? clone(waker) : nullptr;
    {
      std::lock_guard<std::mutex> hold(lock_);
      std::swap(copy, waker_);
    }
    if (copy) copy->methods->drop(copy);
  }

  void forget() {
    const baton_waker *waker = take_waker();
    if (waker) waker->methods->drop(waker);
    baton_drop(&error_);
  }

  const answer to_error_;
  std::atomic<bool> open_{false};
  std::atomic<int64_t> result_{0};
  std::mutex lock_; /* around `waker_`, never around a call of it */
  const baton_waker *waker_ = nullptr;
  baton_value error_ = baton_none();
};

}  // namespace stress

#endif
