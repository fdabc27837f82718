/* SPDX-License-Identifier: MIT */
#ifndef KIT_WAKER_H
#define KIT_WAKER_H

#include <condition_variable>
#include <functional>
#include <memory>

#include "ledger.h"

/** @file
 * The kit's waker: counts what is done to it, and notes what must not be.
 */

namespace kit {

/** Clones are other pointers than the waker in the context, so that a body that
 * mistakes one for the other is found out. Wake and drop of a clone that was
 * taken already note OWN-7; a clone that is never given back is a leak. */
class Bell {
 public:
  explicit Bell(Ledger &ledger);
  ~Bell();
  Bell(const Bell &) = delete;
  Bell &operator=(const Bell &) = delete;

  /** For a context; lent until the next call of `next`. */
  const baton_waker *waker() const;
  /** From now on the waker is another pointer: what the old one was used for
   * is old. */
  void next();

  int clones() const; /**< made until now, of all wakers */
  int alive() const;  /**< clones not yet given back */
  int wakes() const;  /**< of the latest waker and its clones */
  int old_wakes() const;
  /** Waits until `wakes()` is at least `count`. @return false if it is not yet
   * when patience ends, or after so many seconds. */
  bool wait(int count, double seconds = 60) const;
  /** Called inside every slot from now on; for checks that re-enter. */
  void on_call(std::function<void(const char *slot)> seen);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace kit

#endif
