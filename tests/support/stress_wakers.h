/* SPDX-License-Identifier: MIT */
#ifndef STRESS_WAKERS_H
#define STRESS_WAKERS_H

#include <baton/baton.h>

#include <atomic>
#include <cstdint>
#include <thread>

/** @file
 * A waker that counts, and a mark for "this thread is inside a wake".
 */

namespace stress {

/** Whether the calling thread is inside a call of a waker (WAK-2). */
inline bool &inside_wake() {
  static thread_local bool inside = false;
  return inside;
}

/** Calls a waker, marked. */
inline void wake(const baton_waker *waker) {
  inside_wake() = true;
  waker->methods->wake(waker);
  inside_wake() = false;
}

inline void wake_by_ref(const baton_waker *waker) {
  inside_wake() = true;
  waker->methods->wake_by_ref(waker);
  inside_wake() = false;
}

inline const baton_waker *clone(const baton_waker *waker) {
  const baton_waker *copy = nullptr;
  waker->methods->clone(waker, &copy);
  return copy;
}

/** Counts wakes and clones. It must outlive its clones. */
class counting_waker : public baton_waker {
 public:
  counting_waker() { methods = &table; }

  uint64_t wakes() const { return wakes_.load(); }
  int64_t clones() const { return clones_.load(); }
  uint64_t cloned() const { return cloned_.load(); }
  /** Waits for more wakes than `seen`. */
  void wait_beyond(uint64_t seen) const {
    while (wakes_.load() <= seen) std::this_thread::yield();
  }

 private:
  static counting_waker *of(const baton_waker *self) {
    return static_cast<counting_waker *>(const_cast<baton_waker *>(self));
  }
  static int32_t BATON_CALL clone(const baton_waker *self,
                                  const baton_waker **out) {
    of(self)->clones_++;
    of(self)->cloned_++;
    *out = self;
    return BATON_OK;
  }
  static int32_t BATON_CALL wake(const baton_waker *self) {
    counting_waker *waker = of(self);
    waker->clones_--;
    waker->wakes_++;
    return BATON_OK;
  }
  static int32_t BATON_CALL wake_by_ref(const baton_waker *self) {
    of(self)->wakes_++;
    return BATON_OK;
  }
  static int32_t BATON_CALL drop(const baton_waker *self) {
    of(self)->clones_--;
    return BATON_OK;
  }
  static constexpr baton_waker_methods table = {
      sizeof(baton_waker_methods), 0, clone, wake, wake_by_ref, drop};

  std::atomic<uint64_t> wakes_{0};
  std::atomic<int64_t> clones_{0};
  std::atomic<uint64_t> cloned_{0};
};

}  // namespace stress

#endif
