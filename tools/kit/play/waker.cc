// SPDX-License-Identifier: MIT
#include "waker.h"

#include <algorithm>

#include "../base/patience.h"

namespace kit {

/* A waker of the kit: what a context shows, or a clone of it. Threads of the
 * target may hold a clone longer than the bell lives. */
struct Bell::State {
  struct Waker : baton_waker, Thing {
    State *state;
    int round; /* which `next` it belongs to */
    bool lent; /* what a context shows: nobody gives it back */
    Waker(Ledger &ledger, State *state_, int round_, bool lent_)
        : baton_waker{&table},
          Thing(ledger,
                lent_ ? "the waker of a context" : "a clone of the waker"),
          state(state_),
          round(round_),
          lent(lent_) {}
    bool owed() const override { return !lent && !released(); }
  };
  static const baton_waker_methods table;

  explicit State(Ledger &ledger_) : ledger(ledger_) {}

  static Waker *of(const baton_waker *self) {
    return const_cast<Waker *>(static_cast<const Waker *>(self));
  }

  void called(const char *slot) {
    std::function<void(const char *)> seen;
    {
      std::lock_guard<std::mutex> guard(mutex);
      seen = on_call;
    }
    if (seen) until_stopped([&] { seen(slot); });
  }

  void rung(Waker *waker) {
    std::lock_guard<std::mutex> guard(mutex);
    (waker->round == round ? wakes : old_wakes)++;
    changed.notify_all();
  }

  /* wake and drop take the waker; only a clone can be taken. */
  void taken(Waker *waker, const char *slot) {
    if (!waker->lent) {
      waker->release();
      return;
    }
    ledger.note("OWN-7", "the waker of a context is lent",
                std::string(slot) + " of it, as if it were a clone");
  }

  static int32_t BATON_CALL clone(const baton_waker *self,
                                  const baton_waker **out) {
    Waker *waker = of(self);
    State *state = waker->state;
    waker->used("clone of a waker");
    state->called("clone");
    Waker *made = state->ledger.make<Waker>(state, waker->round, false);
    std::lock_guard<std::mutex> guard(state->mutex);
    state->clones.push_back(made);
    *out = made;
    return BATON_OK;
  }
  static int32_t BATON_CALL wake(const baton_waker *self) {
    Waker *waker = of(self);
    if (waker->used("wake")) waker->state->rung(waker);
    waker->state->called("wake");
    waker->state->taken(waker, "wake");
    return BATON_OK;
  }
  static int32_t BATON_CALL wake_by_ref(const baton_waker *self) {
    Waker *waker = of(self);
    if (waker->used("wake_by_ref")) waker->state->rung(waker);
    waker->state->called("wake_by_ref");
    return BATON_OK;
  }
  static int32_t BATON_CALL drop(const baton_waker *self) {
    Waker *waker = of(self);
    waker->used("drop of a waker");
    waker->state->called("drop");
    waker->state->taken(waker, "drop");
    return BATON_OK;
  }

  Ledger &ledger;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::function<void(const char *)> on_call;
  std::vector<Waker *> clones;
  Waker *current = nullptr;
  int round = 0, wakes = 0, old_wakes = 0;
};

const baton_waker_methods Bell::State::table = {
    sizeof(baton_waker_methods), 0,          State::clone, State::wake,
    State::wake_by_ref,          State::drop};

/* The ledger keeps the state with it: wakers outlive the bell. */
Bell::Bell(Ledger &ledger) : state_(std::make_shared<State>(ledger)) {
  ledger.keep(state_);
  next();
}

Bell::~Bell() {
  std::lock_guard<std::mutex> guard(state_->mutex);
  state_->on_call = nullptr;
}

const baton_waker *Bell::waker() const { return state_->current; }

void Bell::next() {
  State::Waker *made =
      state_->ledger.make<State::Waker>(state_.get(), state_->round + 1, true);
  std::lock_guard<std::mutex> guard(state_->mutex);
  if (state_->current) state_->current->release();
  state_->current = made;
  state_->round++;
  state_->old_wakes += state_->wakes;
  state_->wakes = 0;
}

void Bell::on_call(std::function<void(const char *slot)> seen) {
  std::lock_guard<std::mutex> guard(state_->mutex);
  state_->on_call = std::move(seen);
}

int Bell::clones() const {
  std::lock_guard<std::mutex> guard(state_->mutex);
  return static_cast<int>(state_->clones.size());
}

int Bell::alive() const {
  std::lock_guard<std::mutex> guard(state_->mutex);
  int count = 0;
  for (const State::Waker *clone : state_->clones) count += !clone->released();
  return count;
}

int Bell::wakes() const {
  std::lock_guard<std::mutex> guard(state_->mutex);
  return state_->wakes;
}

int Bell::old_wakes() const {
  std::lock_guard<std::mutex> guard(state_->mutex);
  return state_->old_wakes;
}

bool Bell::wait(int count, double seconds) const {
  const std::chrono::duration<double> most(seconds);
  const Waiting waiting;
  std::unique_lock<std::mutex> guard(state_->mutex);
  return state_->changed.wait_for(guard, std::min(most, patience()),
                                  [&] { return state_->wakes >= count; });
}

}  // namespace kit
