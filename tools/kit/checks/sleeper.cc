// SPDX-License-Identifier: MIT
#include "sleeper.h"

#include <utility>

#include "driving.h"

namespace kit {

/* No lock is held while a waker is called: it is foreign code. */
const baton_waker *Sleeper::exchange(const baton_waker *waker) {
  std::lock_guard<std::mutex> guard(mutex_);
  return std::exchange(waker_, waker);
}

Sleeper::~Sleeper() {
  if (const baton_waker *held = exchange(nullptr)) held->methods->drop(held);
}

Reply Sleeper::sleep(Call &call) {
  const baton_waker *clone = nullptr;
  const baton_waker *waker = call.cx ? call.cx->waker : nullptr;
  if (!waker || waker->methods->clone(waker, &clone) != BATON_OK)
    return Reply(BATON_RETURN);
  if (const baton_waker *old = exchange(clone)) old->methods->drop(old);
  return Reply(BATON_PENDING);
}

Reply Sleeper::sleep_awake(Call &call) {
  Reply reply = sleep(call);
  wake();
  return reply;
}

int32_t Sleeper::wake() {
  const baton_waker *held = exchange(nullptr);
  return held ? held->methods->wake(held) : BATON_OK;
}

int32_t Sleeper::wake_by_ref() const {
  std::unique_lock<std::mutex> guard(mutex_);
  const baton_waker *held = waker_;
  guard.unlock();
  return held ? held->methods->wake_by_ref(held) : BATON_OK;
}

bool Sleeper::sleeps() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return waker_ != nullptr;
}

bool returns_from_wakes(std::shared_ptr<Sleeper> sleeper) {
  return ends_elsewhere([sleeper] {
    sleeper->wake_by_ref();
    sleeper->wake();
  });
}

}  // namespace kit
