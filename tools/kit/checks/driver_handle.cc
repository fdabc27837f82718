// SPDX-License-Identifier: MIT
#include "../play/objects.h"
#include "driving.h"
#include "peer.h"

/** @file
 * What a driver does with what am_await gave it, where that cannot be driven.
 */

namespace kit {
namespace {

void expect_let_go(Bench &bench, const Thing &thing, const char *requirement) {
  bench.expect(thing.released(), requirement, thing.name() + " is released",
               "it is still held");
}

}  // namespace

KIT_CHECK("driver-await-refusal-drops",
          "What came with a refusal of am_await is dropped.", Tier::core,
          {"OWN-3"}, {"kit.relay"}) {
  Value left = bench.token("what came with a refusal");
  const Thing *token = thing_of(left.get());
  auto given = std::make_shared<Value>(std::move(left));
  PlayedAwaitable x = play_awaitable(bench.ledger, [given](baton_value *out) {
    *out = given->give();
    return BATON_WRONG_THREAD;
  });
  outcome(bench, std::move(x.value));
  expect_let_go(bench, *token, "OWN-3");
}

KIT_CHECK("driver-handle-of-other-major",
          "A handle whose type is of another major is released.", Tier::core,
          {"OWN-3"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  static const baton_type other = [] {
    baton_type made = *actor_type();
    made.abi_major = BATON_ABI_MAJOR + 1;
    return made;
  }();
  baton_value handle = x.value.give();
  handle.head.type = &other;
  PlayedAwaitable given =
      play_awaitable(bench.ledger, [handle](baton_value *out) {
        *out = handle;
        return BATON_OWNED;
      });
  Step step = outcome(bench, std::move(given.value));
  if (step.status == BATON_RETURN || !x.actor->events().empty())
    bench.skip("it is used (VER-5)");
  expect_let_go(bench, *x.actor, "OWN-3");
}

KIT_CHECK("driver-handle-of-coroutine",
          "A coroutine may give a handle of another type, which is looked at.",
          Tier::core, {"AWT-3"}, {"kit.relay"}) {
  static const baton_async_methods async = [] {
    baton_async_methods made = *actor_type()->as_async;
    made.am_await = [](const baton_value *, baton_context *, baton_value *out) {
      *out = Value::boolean(true).give();
      return int32_t{BATON_OWNED};
    };
    return made;
  }();
  static const baton_type type = [] {
    baton_type made = *actor_type();
    made.as_async = &async;
    return made;
  }();
  Played x = play_as(&type, play_stuck(bench.ledger, "x"));
  Step step = outcome(bench, std::move(x.value));
  expect_fails(bench, step, BATON_ERROR_TYPE, nullptr, "AWT-3",
               "when am_await of a coroutine gives a bool");
}

}  // namespace kit
