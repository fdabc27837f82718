// SPDX-License-Identifier: MIT
#include "driving.h"

/** @file
 * What a body that waits does with the clone that it keeps (WAK-5).
 */

namespace kit {
namespace {

/* A waker, and the one clone that everybody gets of it, as of a driver that
 * counts references. Threads of the target may hold it to the end. */
struct Counting {
  struct Waker : baton_waker {
    Counting *whole;
  };
  Waker lent, clone;
  std::atomic<int> again{0}; /* clones that were made of the clone */

  Counting() : lent{{&table}, this}, clone{{&table}, this} {}

  static int32_t BATON_CALL cloned(const baton_waker *self,
                                   const baton_waker **out) {
    Counting *whole = static_cast<const Waker *>(self)->whole;
    whole->again += self == &whole->clone;
    *out = &whole->clone;
    return BATON_OK;
  }
  static int32_t BATON_CALL nothing(const baton_waker *) { return BATON_OK; }

  static const baton_waker_methods table;
};

const baton_waker_methods Counting::table = {
    sizeof(baton_waker_methods), 0, cloned, nothing, nothing, nothing};

}  // namespace

KIT_CHECK("wake-nap-keeps-clone",
          "The clone that is kept is not cloned again while it is shown.",
          Tier::core, {"WAK-5"}, {"kit.nap"}) {
  bool waited = false;
  for (int turn = 0; turn < 50 && !waited; turn++) {
    Counting &waker = kept<Counting>(bench);
    Manner first, second;
    first.waker = &waker.lent;
    second.waker = &waker.clone;
    Subject nap = bench.make("kit.nap");
    waited = nap.send(Value(), first).status == BATON_PENDING &&
             nap.send(Value(), second).status == BATON_PENDING;
    bench.expect(waker.again == 0, "WAK-5",
                 "that the clone in the context is kept as it is",
                 "it was cloned");
  }
  if (!waited) bench.skip("it is woken before it can be asked again");
}

}  // namespace kit
