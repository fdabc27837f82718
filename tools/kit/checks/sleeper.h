/* SPDX-License-Identifier: MIT */
#ifndef KIT_SLEEPER_H
#define KIT_SLEEPER_H

#include <memory>
#include <mutex>

#include "../play/actor.h"

/** @file
 * What an actor that waits does with the waker of its context.
 */

namespace kit {

/** Holds a clone of the latest waker. Safe on every thread. */
class Sleeper {
 public:
  ~Sleeper();

  /** Keeps a clone of the context's waker, which replaces the one that it had.
   * @return PENDING; RETURN where there is no waker (CTX-5 says so). */
  Reply sleep(Call &call);
  /** The same, and has woken it before it returns. */
  Reply sleep_awake(Call &call);

  /** Wakes the clone and gives it up. @return what that did; OK if there is
   * none. */
  int32_t wake();
  int32_t wake_by_ref() const;
  bool sleeps() const;

 private:
  const baton_waker *exchange(const baton_waker *waker);

  mutable std::mutex mutex_;
  const baton_waker *waker_ = nullptr;
};

/** Wakes it twice, by reference at first, on a thread that is left behind if
 * that does not return. @return whether it did. */
bool returns_from_wakes(std::shared_ptr<Sleeper> sleeper);

}  // namespace kit

#endif
